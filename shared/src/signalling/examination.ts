/** What is said of an examination while it goes on. Nothing of it is kept: files and the curtain are. */
import * as z from 'zod/mini';
import { SharedMark } from '../attachments/shared-view.ts';
import { AttachmentId, PeerId } from '../kernel/ids.ts';

/** What the other side may be asked for with one press. The first three wait for a person there, the others happen. */
const EXAMINATION_ASKS = ['camera', 'still', 'stethoscope', 'freeze', 'go_on'] as const;
export const ExaminationAsk = z.enum(EXAMINATION_ASKS);
export type ExaminationAsk = z.infer<typeof ExaminationAsk>;

/** Presets of what is let through of a stethoscope's sound, Hz; `null` at an end: no limit. */
export const SOUND_FILTERS = {
  heart: { fromHz: 20, toHz: 200 },
  lungs: { fromHz: 100, toHz: 1000 },
  wide: { fromHz: null, toHz: null },
} as const;
export type SoundFilter = keyof typeof SOUND_FILTERS;

/** How the examination is at the one who does it. */
export const ExaminationState = z.object({
  /** The picture is held: everybody sees the same one. */
  isFrozen: z.boolean(),
  /** `recording`: the link carries no sound that is good enough; it is recorded and sent as a file. */
  stethoscope: z.enum(['off', 'live', 'recording']),
  /** A file on its way, until it is whole. */
  file: z.nullable(
    z.object({
      attachmentId: AttachmentId,
      sentBytes: z.number().check(z.int(), z.minimum(0), z.maximum(1e9)),
      totalBytes: z.number().check(z.int(), z.minimum(1), z.maximum(1e9)),
      secondsLeft: z.nullable(z.number().check(z.minimum(0), z.maximum(86_400))),
    }),
  ),
});
export type ExaminationState = z.infer<typeof ExaminationState>;

/** A mark on the live picture of `peerId`, in shares of what its camera sends. */
export const LiveMark = z.object({
  peerId: PeerId,
  source: z.enum(['camera', 'examination']),
  mark: SharedMark,
});
export type LiveMark = z.infer<typeof LiveMark>;
