/**
 * What the voice really takes of what was planned for it: pauses, and whoever listens, leave room for a picture. Pure.
 *
 * A plan is the most that its codec makes. On a link of 64 kbit/s the difference is the picture: 23 instead of 34 kbit/s were measured with
 * one copy of each piece.
 */

/** Of what was planned, in each of the last seconds; at most 1. */
export type VoiceUse = readonly number[];

export const NO_VOICE_USE: VoiceUse = [];

/** Long enough for a sentence and the breath before it. */
const WINDOW_SECONDS = 8;
/** Before that all that is planned is kept. */
const LEAST_SECONDS = 4;
/** It may be a little louder in a moment. */
const ROOM = 1.1;

/** After a second in which so much was sent. */
export function noteVoiceUse(before: VoiceUse, plannedBps: number, bps: number): VoiceUse {
  return [...before, Math.min(1, bps / plannedBps)].slice(-WINDOW_SECONDS);
}

/** What is to be kept for the voice. Another plan has the same pauses: it is taken to be used as much. */
export function voiceNeedBps(use: VoiceUse, plannedBps: number): number {
  return use.length < LEAST_SECONDS ? plannedBps : Math.min(1, ROOM * Math.max(...use)) * plannedBps;
}
