/**
 * What the voice really takes of what was planned for it: pauses, and whoever listens, leave room for a picture. Pure.
 *
 * A plan is the most that its codec makes. On a link of 64 kbit/s the difference is the picture: 23 instead of 34 kbit/s were measured with
 * one copy of each piece.
 */
export interface VoiceUse {
  /** Bit/s on the wire in each of the last seconds. */
  readonly seconds: readonly number[];
  /** What was planned in them. */
  readonly plannedBps: number;
}

export const NO_VOICE_USE: VoiceUse = { seconds: [], plannedBps: 0 };

/** Long enough for a sentence and the breath before it. */
const WINDOW_SECONDS = 8;
/** It may be a little louder in a moment. */
const ROOM = 1.1;

/** After a second in which so much was sent. Another plan begins anew. */
export function noteVoiceUse(before: VoiceUse, plannedBps: number, bps: number): VoiceUse {
  if (plannedBps !== before.plannedBps) return { seconds: [], plannedBps };
  return { seconds: [...before.seconds, bps].slice(-WINDOW_SECONDS), plannedBps };
}

/** What is to be kept for the voice: all that is planned, until it was seen for long enough to take less. */
export function voiceNeedBps({ seconds, plannedBps: seenBps }: VoiceUse, plannedBps: number): number {
  if (plannedBps !== seenBps || seconds.length < WINDOW_SECONDS) return plannedBps;
  return Math.min(plannedBps, ROOM * Math.max(...seconds));
}
