import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { useLingui } from '@lingui/react/macro';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { newId } from '../../../lib/ids.ts';
import { classes } from '../../../ui/classes.ts';
import { PictureMarks } from '../../../ui/picture-marks.tsx';
import styles from './live-picture.module.css';

export type MarkTool = 'point' | 'measure' | 'draw';

interface LivePictureProps {
  readonly track: MediaStreamTrack;
  readonly label: string;
  readonly isLarge: boolean;
  onEnlarge(): void;
  readonly tool: MarkTool | null;
  readonly marks: readonly SharedMark[];
  onMark(mark: SharedMark): void;
}

type Place = { readonly x: number; readonly y: number };
interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0 };

/** A live picture that is pointed, measured and drawn on, in shares of what the camera sends: the same place on every screen. */
export function LivePicture({ track, label, isLarge, onEnlarge, tool, marks, onMark }: LivePictureProps) {
  const { t } = useLingui();
  const video = useRef<HTMLVideoElement>(null);
  const stream = useMemo(() => new MediaStream([track]), [track]);
  const { frame, box } = usePictureBox(video);
  const gesture = useGesture({ tool, box, onMark });
  const pointer = useRef<Place>({ x: 0.5, y: 0.5 });

  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);

  function onKeyDown(event: KeyboardEvent) {
    const step = KEYS[event.key];
    if (step === undefined || tool !== 'point' || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    pointer.current = within({ x: pointer.current.x + step.x / 50, y: pointer.current.y + step.y / 50 });
    onMark({ kind: 'pointer', at: pointer.current });
  }

  return (
    <div className={classes(styles.picture, !isLarge && styles.small)} data-picture={isLarge ? 'large' : 'small'}>
      <video ref={video} className={styles.video} muted playsInline autoPlay aria-label={label} />
      {isLarge ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointed on by keys as well
        <div
          className={styles.layer}
          data-tool={tool ?? undefined}
          role="group"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
          tabIndex={tool === null ? undefined : 0}
          aria-label={t`Marks on the picture; the arrow keys move the pointer`}
          onKeyDown={onKeyDown}
          {...gesture}
        >
          {box.width > 0 && (
            <PictureMarks
              marks={marks}
              frame={frame}
              place={({ x, y }) => ({ x: box.x + x * box.width, y: box.y + y * box.height })}
              measure={(from, to) => ({
                share: Math.hypot(to.x - from.x, ((to.y - from.y) * box.height) / box.width),
                mm: null,
              })}
            />
          )}
        </div>
      ) : (
        <button type="button" className={styles.enlarge} onClick={onEnlarge}>
          <IconArrowsMaximize size={20} aria-hidden /> {t`Make large`}
        </button>
      )}
    </div>
  );
}

const KEYS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function within({ x, y }: Place): Place {
  const share = (value: number) => Math.min(1, Math.max(0, value));
  return { x: share(x), y: share(y) };
}

/** Where the picture itself lies in an element that shows all of it. */
function usePictureBox(video: { current: HTMLVideoElement | null }): { frame: Omit<Box, 'x' | 'y'>; box: Box } {
  const [sizes, setSizes] = useState({ frame: { width: 0, height: 0 }, box: NO_BOX });
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const look = () => {
      const { clientWidth: width, clientHeight: height, videoWidth, videoHeight } = element;
      if (videoWidth === 0 || width === 0) return;
      const scale = Math.min(width / videoWidth, height / videoHeight);
      const shown = { width: videoWidth * scale, height: videoHeight * scale };
      const box = { ...shown, x: (width - shown.width) / 2, y: (height - shown.height) / 2 };
      setSizes({ frame: { width, height }, box });
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('resize', look);
    return () => {
      observer.disconnect();
      element.removeEventListener('resize', look);
    };
  }, [video]);
  return sizes;
}

interface GestureOptions {
  readonly tool: MarkTool | null;
  readonly box: Box;
  onMark(mark: SharedMark): void;
}

function useGesture({ tool, box, onMark }: GestureOptions) {
  const start = useRef<{ readonly at: Place; readonly id: string } | undefined>(undefined);
  const placeOf = (event: PointerEvent): Place => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return within({
      x: (event.clientX - left - box.x) / Math.max(1, box.width),
      y: (event.clientY - top - box.y) / Math.max(1, box.height),
    });
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (tool === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = placeOf(event);
      start.current = { at, id: newId() };
      if (tool === 'point') onMark({ kind: 'pointer', at });
      if (tool === 'draw') onMark({ kind: 'stroke', id: start.current.id, points: [at] });
    },
    onPointerMove(event: PointerEvent) {
      const at = placeOf(event);
      // A mouse points without being pressed.
      if (tool === 'point') return onMark({ kind: 'pointer', at });
      if (start.current === undefined) return;
      if (tool === 'measure') onMark({ kind: 'ruler', from: start.current.at, to: at, mm: null });
      if (tool === 'draw') onMark({ kind: 'stroke', id: start.current.id, points: [at] });
    },
    onPointerUp() {
      start.current = undefined;
    },
    onPointerCancel() {
      start.current = undefined;
    },
  };
}
