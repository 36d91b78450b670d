/**
 * How much of a call a link carries, as steps that people have words for. One rule for both sides; pure. Rates in bit/s on the wire,
 * times in ms of any clock that only goes forward.
 *
 * Down at once: each second of too much is a second of queue under the voice. Up only after the better step would have fitted for a
 * while: a picture that comes and goes is worse to look at than one that stays small.
 */
import { choosePicture, type PicturePlan } from './picture-plan.ts';

/** What is sent of a picture, the best first. The voice is in all of them. */
export const CALL_STEPS = ['sharp', 'small', 'still', 'voice'] as const;
export type CallStep = (typeof CALL_STEPS)[number];

/**
 * Why no better one: the link, somebody chose it, there is no camera on, the examination or a photo goes first, or the computer makes no more
 * (encoder-load.ts); `too_thin`: not even the
 * voice comes through (talk.ts), and what is left is writing.
 */
export const STEP_REASONS = ['link', 'by_hand', 'no_camera', 'examination', 'file', 'computer', 'too_thin'] as const;
export type StepReason = (typeof STEP_REASONS)[number];

export interface StepState {
  readonly step: CallStep;
  /** Undefined for the best step. */
  readonly why: StepReason | undefined;
  /** Undefined on steps without moving pictures. */
  readonly picture: PicturePlan | undefined;
  /** Since when the link would carry more. */
  readonly betterSince: number | undefined;
}

export interface StepLimit {
  readonly step: CallStep;
  readonly why: 'examination' | 'file' | 'computer';
}

export interface StepFacts {
  /** What the voice leaves. */
  readonly pictureBps: number;
  /** The best step that somebody allows; undefined: whatever fits. */
  readonly hold: CallStep | undefined;
  readonly hasCamera: boolean;
  /** What the face must not be better than, for other reasons than the link; undefined: none. */
  readonly limit?: StepLimit | undefined;
  /** False: the link carries not even a voice. */
  readonly hasVoice?: boolean;
}

/** One still of 320×240 each five seconds; at this rate it may have 3 kB. */
export const STILL = { everyMs: 5000, fromBps: 5000, divideBy: 2 } as const;
/** From nothing to something a link must prove more than from small to sharp. */
const UP_MS: Readonly<Record<CallStep, number>> = { sharp: 3000, small: 4000, still: 4000, voice: 0 };
/** A step up needs so much more than staying. */
const RISE = 1.2;

export const FIRST_STEP: StepState = { step: 'voice', why: 'no_camera', picture: undefined, betterSince: undefined };

export function nextStep(before: StepState, facts: StepFacts, now: number): StepState {
  const { hold, hasCamera, limit, hasVoice = true } = facts;
  if (!hasVoice) {
    return settle(before, { step: 'voice', why: 'too_thin', picture: undefined, betterSince: undefined });
  }
  const fitting = fittingStep(before, facts);
  const allowed = worse(worse(hold ?? 'sharp', limit?.step ?? 'sharp'), hasCamera ? 'sharp' : 'voice');
  const wanted = worse(fitting, allowed);
  const why = reasonOf(wanted, fitting, facts);
  // Only what the link does is waited for; a person's choice holds at once.
  const mustWait = isBetter(wanted, before.step) && before.why === 'link';
  const betterSince = mustWait ? (before.betterSince ?? now) : undefined;
  if (betterSince !== undefined && now - betterSince < UP_MS[wanted]) {
    return settle(before, {
      step: before.step,
      why: 'link',
      picture: pictureOf(before, facts, before.step),
      betterSince,
    });
  }
  return settle(before, { step: wanted, why, picture: pictureOf(before, facts, wanted), betterSince: undefined });
}

/** What the link alone decides. */
function fittingStep(before: StepState, { pictureBps }: StepFacts): CallStep {
  const plan = choosePicture(pictureBps, before.picture);
  if (plan !== undefined) return plan.divideBy === 1 ? 'sharp' : 'small';
  const needed = before.step === 'voice' ? STILL.fromBps * RISE : STILL.fromBps;
  return pictureBps >= needed ? 'still' : 'voice';
}

function pictureOf(before: StepState, { pictureBps }: StepFacts, step: CallStep): PicturePlan | undefined {
  if (step === 'still' || step === 'voice') return undefined;
  return choosePicture(pictureBps, before.picture, step === 'sharp' ? 1 : 2);
}

function reasonOf(wanted: CallStep, fitting: CallStep, { hold, hasCamera, limit }: StepFacts): StepReason | undefined {
  if (wanted === 'sharp') return undefined;
  if (!hasCamera) return 'no_camera';
  if (hold === wanted && !isBetter(hold, fitting)) return 'by_hand';
  if (limit?.why === 'computer') return isBetter(fitting, limit.step) ? 'computer' : 'link';
  // The share of a face is small because of what goes first, not because of the link.
  return limit === undefined ? 'link' : limit.why;
}

function isBetter(a: CallStep, b: CallStep): boolean {
  return CALL_STEPS.indexOf(a) < CALL_STEPS.indexOf(b);
}

function worse(a: CallStep, b: CallStep): CallStep {
  return isBetter(a, b) ? b : a;
}

/** Of what goes before the face and what the computer makes; of equals what goes first, which the person sees. */
export function strictest(limit: StepLimit | undefined, ofComputer: CallStep | undefined): StepLimit | undefined {
  if (ofComputer === undefined) return limit;
  return limit === undefined || isBetter(limit.step, ofComputer) ? { step: ofComputer, why: 'computer' } : limit;
}

/** The same object while nothing is different. */
function settle(before: StepState, next: StepState): StepState {
  const isSamePicture =
    before.picture?.divideBy === next.picture?.divideBy && before.picture?.fps === next.picture?.fps;
  const isSame = before.step === next.step && before.why === next.why && before.betterSince === next.betterSince;
  return isSame && isSamePicture ? before : next;
}
