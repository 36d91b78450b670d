import * as z from 'zod/mini';
import { AttachmentId } from '../kernel/ids.ts';

/** Share of the width or height of the unturned picture: the same place on every screen. */
const share = z.number().check(z.minimum(0), z.maximum(1));
export const Point = z.object({ x: share, y: share });
export type Point = z.infer<typeof Point>;

const turns = [0, 90, 180, 270] as const;

/** What is looked at together. `centre` and `zoom` (1: the whole picture) let somebody follow. */
export const SharedView = z.object({
  attachmentId: AttachmentId,
  page: z.number().check(z.int(), z.minimum(1), z.maximum(1000)),
  centre: Point,
  zoom: z.number().check(z.minimum(1), z.maximum(64)),
  turn: z.literal(turns),
});
export type SharedView = z.infer<typeof SharedView>;

/** A finger on the picture, a line measured on it (`mm` when the ruler was set by a known length), or one drawn by hand. */
export const SharedMark = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pointer'), at: Point }),
  z.object({
    kind: z.literal('ruler'),
    from: Point,
    to: Point,
    mm: z.nullable(z.number().check(z.positive(), z.maximum(100_000))),
  }),
  /** A piece of a line drawn by hand: pieces with one id belong together, and fade. */
  z.object({
    kind: z.literal('stroke'),
    id: z.string().check(z.minLength(1), z.maxLength(36)),
    points: z.array(Point).check(z.minLength(1), z.maxLength(48)),
  }),
  z.object({ kind: z.literal('none') }),
]);
export type SharedMark = z.infer<typeof SharedMark>;

/** A mark and where it is. */
export const PointedMark = z.object({
  attachmentId: AttachmentId,
  page: z.number().check(z.int(), z.minimum(1), z.maximum(1000)),
  mark: SharedMark,
});
export type PointedMark = z.infer<typeof PointedMark>;

/** Marks a second that a viewer sends at most; the server passes on no more than twice as many. */
export const MARKS_PER_SECOND = 8;
