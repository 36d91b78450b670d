/**
 * What making the picture costs an old computer, and the step it must not be better than because of that. Pure; times in ms of any clock that only
 * goes forward, shares of one core.
 *
 * A link may carry what a computer of 2012 cannot encode: the fan howls, the page answers late, the voice breaks up first. Browsers adapt late and only for
 * some codecs; they do tell how long they spent on each picture.
 */
import type { CallStep } from './call-step.ts';

export interface EncoderReading {
  /** Seconds spent encoding in each second. */
  readonly share: number;
  /** The browser says itself that its pictures are smaller or fewer for want of time. */
  readonly isLimited: boolean;
  /** What is sent now. */
  readonly step: CallStep;
}

export interface EncoderState {
  /** The best step that the computer makes; undefined: any. */
  readonly limit: 'small' | 'still' | undefined;
  /** Since when it is too much, or little enough for more. */
  readonly heavySince: number | undefined;
  readonly lightSince: number | undefined;
  /** How long it must be little enough: longer each time that more was too much after all. */
  readonly patienceMs: number;
  readonly raisedAt: number | undefined;
}

export const ENCODER = {
  /** Half of two cores is for the page, the sound and what arrives. */
  mostShare: 0.25,
  heavyMs: 3000,
  /** 640×480 is four times 320×240, at a few pictures more a second. */
  costOfSharp: 5,
  patienceMs: 20_000,
  mostPatienceMs: 300_000,
  /** A step up that is taken back within so long was a mistake. */
  triedMs: 30_000,
} as const;

export const FIRST_ENCODER: EncoderState = {
  limit: undefined,
  heavySince: undefined,
  lightSince: undefined,
  patienceMs: ENCODER.patienceMs,
  raisedAt: undefined,
};

/** To be called about once a second. */
export function nextEncoder(
  before: EncoderState,
  { share, isLimited, step }: EncoderReading,
  now: number,
): EncoderState {
  const { limit, raisedAt } = before;
  const isMoving = step === 'sharp' || step === 'small';
  if (isMoving && (share > ENCODER.mostShare || isLimited)) {
    const heavySince = before.heavySince ?? now;
    if (now - heavySince < ENCODER.heavyMs) return { ...before, heavySince, lightSince: undefined };
    const wasMistake = raisedAt !== undefined && now - raisedAt < ENCODER.triedMs;
    const patienceMs = wasMistake ? Math.min(ENCODER.mostPatienceMs, 2 * before.patienceMs) : before.patienceMs;
    const lower = step === 'sharp' ? 'small' : 'still';
    return { limit: lower, heavySince: undefined, lightSince: undefined, patienceMs, raisedAt: undefined };
  }
  // What a moving picture costs cannot be told from stills: it is tried.
  const isLight = limit === 'still' || (step === 'small' && ENCODER.costOfSharp * share <= ENCODER.mostShare);
  if (limit === undefined || !isLight) return { ...before, heavySince: undefined, lightSince: undefined };
  const lightSince = before.lightSince ?? now;
  if (now - lightSince < before.patienceMs) return { ...before, heavySince: undefined, lightSince };
  return {
    ...before,
    limit: limit === 'still' ? 'small' : undefined,
    heavySince: undefined,
    lightSince: undefined,
    raisedAt: now,
  };
}
