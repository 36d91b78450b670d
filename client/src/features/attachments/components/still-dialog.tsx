import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../../lib/problem-error.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import type { Region } from '../pictures.ts';
import { dropStill, sendStill } from '../still-queue.ts';
import styles from './files-panel.module.css';
import { LabelFields } from './label-fields.tsx';

interface StillDialogProps {
  /** Of a still that lies on this device already. */
  readonly id: AttachmentId;
  readonly photo: Blob;
  onDone(): void;
}

const MIDDLE: Region = { x: 0.35, y: 0.35, width: 0.3, height: 0.3 };
const STEP = 0.02;
/** A press without a drag is no region. */
const LEAST = 0.02;

/** What is on it, and what of it is to be seen first. Closing it sends nothing and loses nothing: the still waits among the files. */
export function StillDialog({ id, photo, onDone }: StillDialogProps) {
  const { t } = useLingui();
  const [label, setLabel] = useState<Parameters<typeof LabelFields>[0]['value']>({ kind: 'skin', note: '' });
  const [region, setRegion] = useState<Region>();
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const url = useUrl(photo);
  const drag = useRegionDrag(setRegion);

  async function send() {
    setIsSending(true);
    setProblem(undefined);
    try {
      const { note } = label;
      const regionNote = note === '' ? t`Marked place` : t`Marked place: ${note}`;
      await sendStill(id, { ...label, region, regionNote });
      onDone();
    } catch (error) {
      setProblem(ProblemError.from(error));
      setIsSending(false);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = keyed(region ?? MIDDLE, event);
    if (next === undefined) return;
    event.preventDefault();
    setRegion(next);
  }

  return (
    <Dialog isOpen title={t`What is to be seen first?`} onClose={onDone}>
      <p className={styles.hint}>
        <Trans>
          Draw a frame around the place: it goes first, in full detail. By keys: arrows move it, plus and minus change
          its size.
        </Trans>
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a picture that is marked, by keys as well */}
      <div
        className={styles.still}
        role="group"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
        tabIndex={0}
        aria-label={t`The photo, with the place that goes first`}
        onKeyDown={onKeyDown}
        {...drag}
      >
        {url && <img src={url} alt={t`The photo`} draggable={false} />}
        {region && (
          <span
            className={styles.region}
            data-region={`${region.x.toFixed(2)} ${region.y.toFixed(2)}`}
            style={{
              insetInlineStart: `${region.x * 100}%`,
              insetBlockStart: `${region.y * 100}%`,
              width: `${region.width * 100}%`,
              height: `${region.height * 100}%`,
            }}
          />
        )}
      </div>
      <LabelFields value={label} onChange={setLabel} />
      {problem && <ProblemNotice error={problem} />}
      <DialogActions>
        <Action
          onClick={() => {
            void dropStill(id);
            onDone();
          }}
        >
          <Trans>Do not send</Trans>
        </Action>
        <PrimaryAction isBusy={isSending} onClick={() => void send()}>
          <Trans>Send</Trans>
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}

function keyed({ x, y, width, height }: Region, { key }: KeyboardEvent): Region | undefined {
  const move = (dx: number, dy: number): Region => ({
    x: clamp(x + dx, 1 - width),
    y: clamp(y + dy, 1 - height),
    width,
    height,
  });
  const grow = (by: number): Region => {
    const size = { width: Math.max(0.05, Math.min(1, width + by)), height: Math.max(0.05, Math.min(1, height + by)) };
    return { x: clamp(x - by / 2, 1 - size.width), y: clamp(y - by / 2, 1 - size.height), ...size };
  };
  switch (key) {
    case 'ArrowLeft':
      return move(-STEP, 0);
    case 'ArrowRight':
      return move(STEP, 0);
    case 'ArrowUp':
      return move(0, -STEP);
    case 'ArrowDown':
      return move(0, STEP);
    case '+':
    case '=':
      return grow(STEP * 2);
    case '-':
      return grow(-STEP * 2);
    default:
      return undefined;
  }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}

function useRegionDrag(onRegion: (region: Region) => void) {
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  const placeOf = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: clamp((event.clientX - box.left) / box.width, 1),
      y: clamp((event.clientY - box.top) / box.height, 1),
    };
  };
  return {
    onPointerDown(event: PointerEvent) {
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = placeOf(event);
    },
    onPointerMove(event: PointerEvent) {
      const from = start.current;
      if (from === undefined) return;
      const to = placeOf(event);
      const width = Math.abs(to.x - from.x);
      const height = Math.abs(to.y - from.y);
      if (width < LEAST || height < LEAST) return;
      onRegion({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width, height });
    },
    onPointerUp() {
      start.current = undefined;
    },
    onPointerCancel() {
      start.current = undefined;
    },
  };
}

function useUrl(photo: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    // oxlint-disable-next-line react/set-state-in-effect -- it lives as long as the effect, which is what lets go of it
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return url;
}
