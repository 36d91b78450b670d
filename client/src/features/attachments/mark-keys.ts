import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { type Point, type Size, WHOLE } from './view-geometry.ts';

/** Which way an arrow goes. */
export const KEYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function movedBy(before: Point, by: Point): Point {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  return { x: within(before.x + by.x / 100), y: within(before.y + by.y / 100) };
}

/** The finger, without a mouse: from the middle, a hundredth of the picture with each press. */
export function pointBy(marks: readonly SharedMark[], by: Point): SharedMark {
  const before = marks.find((mark) => mark.kind === 'pointer')?.at ?? WHOLE.centre;
  return { kind: 'pointer', at: movedBy(before, by) };
}

interface Scale {
  readonly size: Size;
  readonly widthMm: number | undefined;
}

/** A line between two places; its millimetres when the width of the picture is known. */
export function rulerOf(from: Point, to: Point, { size, widthMm }: Scale): SharedMark {
  const length = Math.hypot(to.x - from.x, ((to.y - from.y) * size.height) / size.width);
  return { kind: 'ruler', from, to, mm: widthMm === undefined || length === 0 ? null : length * widthMm };
}

/** Without a mouse: a line in the middle first, then its end by the arrows, with Shift its beginning. */
export function rulerBy(marks: readonly SharedMark[], by: Point, isBeginning: boolean, scale: Scale): SharedMark {
  const { from, to } = marks.find((mark) => mark.kind === 'ruler') ?? { from: WHOLE.centre, to: WHOLE.centre };
  return isBeginning ? rulerOf(movedBy(from, by), to, scale) : rulerOf(from, movedBy(to, by), scale);
}
