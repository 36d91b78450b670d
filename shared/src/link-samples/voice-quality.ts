/**
 * How a voice sounded, estimated from what was measured of it: the E-model of ITU-T G.107, reduced to what a call over a packet network
 * changes (delay and losses), with everything else at the recommendation's default values. Pure.
 *
 * It is an estimate for looking at a call afterwards and for comparing links, no measure of what somebody heard.
 */

export interface VoiceFacts {
  /** From mouth to ear, ms. */
  readonly delayMs: number;
  /** % of the sound that was not there when it was to be played; what copies brought back in time is not in it. */
  readonly concealedPercent: number;
}

/** R of a call without fault, with the recommendation's default values (G.107, 7.1). */
const BEST = 93.2;
/**
 * Equipment factor and robustness to loss. G.113 lists none for Opus; these are those of G.729A with concealment (Ie 11, Bpl 19), which
 * is worse than Opus at any rate we send: the estimate errs towards complaint.
 */
const CODEC = { impairment: 11, robustness: 19 } as const;
/** From here on people begin to talk at the same time. */
const TALK_OVER_MS = 177.3;

/** From 0 to 93.2; above 80 people are satisfied, below 60 nearly all are not. */
export function rFactor({ delayMs, concealedPercent }: VoiceFacts): number {
  // The usual line through the curves of G.107 for calls without echo (Cole and Rosenbluth).
  const delay = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - TALK_OVER_MS);
  const { impairment, robustness } = CODEC;
  const loss = impairment + (95 - impairment) * (concealedPercent / (concealedPercent + robustness));
  return Math.min(BEST, Math.max(0, BEST - delay - loss));
}

/** Mean opinion score from 1 (bad) to 4.5 (G.107, Annex B). */
export function meanOpinion(r: number): number {
  if (r <= 0) return 1;
  return Math.min(4.5, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}

export const VOICE_GRADES = ['good', 'fair', 'poor'] as const;
export type VoiceGrade = (typeof VOICE_GRADES)[number];

/** For people who would rather read a word: satisfied, some are not, most are not (G.107, Annex B, table B.1). */
export function gradeOf(r: number): VoiceGrade {
  if (r >= 70) return 'good';
  return r >= 50 ? 'fair' : 'poor';
}
