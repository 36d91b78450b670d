import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { Action } from '../../../ui/action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { usePicture } from '../api/get-picture.ts';
import type { ShownAttachment } from '../api/list-attachments.ts';
import { kindWords } from '../attachment-words.ts';
import { KEYS, pointBy, rulerBy, rulerOf } from '../mark-keys.ts';
import {
  type Point,
  panBy,
  type Size,
  scaleOf,
  toFrame,
  toPicture,
  turnRight,
  type View,
  WHOLE,
  zoomAt,
} from '../view-geometry.ts';
import styles from './file-viewer.module.css';
import { Marks } from './marks.tsx';

export type Tool = 'move' | 'point' | 'measure' | 'draw';

export interface Adjustment {
  /** Per cent. */
  readonly brightness: number;
  readonly contrast: number;
  readonly isInverted: boolean;
}

interface PicturePaneProps {
  readonly file: ShownAttachment;
  readonly page: number;
  readonly view: View;
  onView(view: View): void;
  readonly tool: Tool;
  readonly adjustment: Adjustment;
  /** Millimetres that the picture's width is, when the ruler was set. */
  readonly widthMm: number | undefined;
  readonly marks: readonly SharedMark[];
  onMark(mark: SharedMark): void;
}

/** What is small comes whole at once; of the rest the preview is enough until somebody looks closer. */
const SMALL_BYTES = 300 * 1024;
const STEP = 1.25;

export function PicturePane(props: PicturePaneProps) {
  const { file, page, view, onView, tool, adjustment, widthMm, marks, onMark } = props;
  const { t } = useLingui();
  const frameRef = useRef<HTMLDivElement>(null);
  const frame = useSize(frameRef);
  const [wantsFull, setWantsFull] = useState(false);
  const picture = file.picture ?? file;
  const full = picture.renditions.find((rendition) => rendition.role === 'full' && rendition.page === page);
  const size = full ?? { width: 4, height: 3 };
  const isFullWanted = wantsFull || view.zoom > 1.2 || (full?.byteLength ?? 0) <= SMALL_BYTES;
  const preview = usePicture({ id: picture.id, role: 'preview', page });
  const whole = usePicture(isFullWanted && full ? { id: picture.id, role: 'full', page } : null);
  const url = whole.url ?? preview.url;
  const gesture = useGesture({ ...props, frameRef, frame, size });

  useWheel(frameRef, (factor, at) => onView(zoomAt(view, factor, at, frame, size)));

  function onKeyDown(event: KeyboardEvent) {
    const middle = { x: frame.width / 2, y: frame.height / 2 };
    const move = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') onView(zoomAt(view, STEP, middle, frame, size));
    else if (event.key === '-') onView(zoomAt(view, 1 / STEP, middle, frame, size));
    else if (event.key === '0') onView({ ...WHOLE, turn: view.turn });
    else if (event.key === 'r' || event.key === 'R') onView(turnRight(view));
    else if (move && tool === 'point') onMark(pointBy(marks, move));
    else if (move && tool === 'measure') onMark(rulerBy(marks, move, event.shiftKey, { size, widthMm }));
    else if (move) onView(panBy(view, { x: -move.x * 40, y: -move.y * 40 }, frame, size));
    else return;
    event.preventDefault();
  }

  const corner = toFrame({ x: 0, y: 0 }, view, frame, size);
  const scale = scaleOf(view, frame, size);
  const name = [t(kindWords[file.kind]), file.note].filter(Boolean).join(': ');
  const isInPart = !whole.url && full !== undefined && full.byteLength > SMALL_BYTES;
  return (
    <div className={styles.pane}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- a picture that is moved and measured on, by keys as well */}
      <div
        ref={frameRef}
        className={styles.frame}
        data-tool={tool}
        role="group"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
        tabIndex={0}
        aria-label={name}
        aria-describedby="viewer-keys"
        onKeyDown={onKeyDown}
        {...gesture}
      >
        {url && frame.width > 0 && (
          <img
            src={url}
            alt={name}
            className={styles.picture}
            draggable={false}
            data-full={whole.url !== undefined}
            style={{
              width: `${size.width * scale}px`,
              height: `${size.height * scale}px`,
              transform: `translate(${corner.x}px, ${corner.y}px) rotate(${view.turn}deg)`,
              filter: `brightness(${adjustment.brightness}%) contrast(${adjustment.contrast}%) invert(${adjustment.isInverted ? 1 : 0})`,
            }}
          />
        )}
        {frame.width > 0 && <Marks marks={marks} view={view} frame={frame} picture={size} widthMm={widthMm} />}
      </div>
      <div className={styles.state} role="status">
        {preview.isError && !url && (
          <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} isRetrying={preview.isFetching} />
        )}
        {preview.isLoading && !url && <Trans>Loading…</Trans>}
        {isInPart && url && !isFullWanted && (
          <Action tone="quiet" onClick={() => setWantsFull(true)}>
            <FullDetail bytes={full.byteLength} />
          </Action>
        )}
        {isInPart && isFullWanted && whole.isFetching && <Trans>Loading full detail…</Trans>}
      </div>
    </div>
  );
}

function FullDetail({ bytes }: { bytes: number }) {
  const size = formatNumber(bytes / 1024 / 1024, 1);
  return <Trans>Full detail, {size} MB</Trans>;
}

function useSize(ref: { current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** React listens to wheels passively, which would scroll the page behind. */
function useWheel(ref: { current: HTMLElement | null }, onZoom: (factor: number, at: Point) => void): void {
  const zoom = useEffectEvent(onZoom);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      zoom(Math.exp(-Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 120) * 0.002), at);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref]);
}

/** One finger moves, points or measures; two zoom. */
function useGesture({
  view,
  onView,
  tool,
  onMark,
  frameRef,
  frame,
  size,
  widthMm,
}: PicturePaneProps & { frameRef: { current: HTMLElement | null }; frame: Size; size: Size }) {
  const fingers = useRef(new Map<number, Point>());
  const start = useRef<Point | undefined>(undefined);
  const stroke = useRef('');
  const placeOf = (event: PointerEvent): Point => {
    const box = frameRef.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const ruler = (from: Point, to: Point) => rulerOf(from, to, { size, widthMm });
  return {
    onPointerDown(event: PointerEvent) {
      const at = placeOf(event);
      frameRef.current?.setPointerCapture(event.pointerId);
      fingers.current.set(event.pointerId, at);
      if (fingers.current.size > 1) return;
      const place = toPicture(at, view, frame, size);
      start.current = place;
      if (tool === 'point') onMark({ kind: 'pointer', at: place });
      if (tool === 'measure') onMark(ruler(place, place));
      stroke.current = newId();
      if (tool === 'draw') onMark({ kind: 'stroke', id: stroke.current, points: [place] });
    },
    onPointerMove(event: PointerEvent) {
      const at = placeOf(event);
      const place = toPicture(at, view, frame, size);
      const before = fingers.current.get(event.pointerId);
      // A mouse points without being pressed.
      if (tool === 'point' && fingers.current.size <= 1) return onMark({ kind: 'pointer', at: place });
      if (!before) return;
      if (fingers.current.size > 1) {
        const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1] ?? at;
        const factor = distance(at, other) / Math.max(1, distance(before, other));
        fingers.current.set(event.pointerId, at);
        return onView(zoomAt(view, factor, other, frame, size));
      }
      fingers.current.set(event.pointerId, at);
      if (tool === 'draw') return onMark({ kind: 'stroke', id: stroke.current, points: [place] });
      if (tool === 'measure' && start.current) return onMark(ruler(start.current, place));
      onView(panBy(view, { x: at.x - before.x, y: at.y - before.y }, frame, size));
    },
    onPointerUp(event: PointerEvent) {
      fingers.current.delete(event.pointerId);
    },
    onPointerCancel(event: PointerEvent) {
      fingers.current.delete(event.pointerId);
    },
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
