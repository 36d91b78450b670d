/**
 * What an examination takes of a link, and what it leaves to the face. Pure; bit/s on the wire, after the voice.
 *
 * The picture of the examination is to be looked at closely: fewer of them, sharper. A thin link pays for one picture at a time, so the
 * face steps back while there is another, and while a photo is on its way.
 */
import type { CallStep } from './call-step.ts';
import { chooseStep, type PicturePlan, type PictureStep } from './picture-plan.ts';

/** What the face must not be better than, and why. */
interface FaceLimit {
  readonly step: CallStep;
  readonly why: 'examination' | 'file';
}

export interface PictureShares {
  readonly faceLimit: FaceLimit | undefined;
  readonly faceBps: number;
  readonly examinationBps: number;
  readonly fileBps: number;
  /** The link carries two pictures. */
  readonly isWide: boolean;
}

/** From here on there are two pictures, or one beside a photo. */
const WIDE_BPS = 200_000;
/** To become wide takes more than to stay so. */
const RISE = 1.2;
/** The smallest moving face, and one still each five seconds. */
const SMALL_FACE_BPS = 40_000;
const STILL_FACE_BPS = 7000;
/** Below it a still of the face is one picture too many. */
const STILL_FROM_BPS = 40_000;
/** Of a thin link, for a picture of the examination beside a photo: enough to aim by. */
const BESIDE_FILE = { share: 0.25, mostBps: 60_000 } as const;

export function sharePictures(
  bps: number,
  { hasExamination, isSendingFile }: { readonly hasExamination: boolean; readonly isSendingFile: boolean },
  wasWide: boolean,
): PictureShares {
  const left = Math.max(0, bps);
  const isWide = left >= (wasWide ? WIDE_BPS : WIDE_BPS * RISE);
  if (!hasExamination && !isSendingFile) {
    return { faceLimit: undefined, faceBps: left, examinationBps: 0, fileBps: 0, isWide };
  }
  const why = hasExamination ? 'examination' : 'file';
  const hasStill = !isWide && !isSendingFile && left >= STILL_FROM_BPS;
  const step = isWide ? 'small' : hasStill ? 'still' : 'voice';
  const faceBps = isWide ? SMALL_FACE_BPS : hasStill ? STILL_FACE_BPS : 0;
  const rest = left - faceBps;
  const examinationBps = !hasExamination
    ? 0
    : isSendingFile
      ? Math.min(BESIDE_FILE.mostBps, BESIDE_FILE.share * rest)
      : rest;
  const fileBps = isSendingFile ? rest - examinationBps : 0;
  return { faceLimit: { step, why }, faceBps, examinationBps, fileBps, isWide };
}

/** Of 1280×720 divided by so much: detail before movement, and never a picture that is too small to read. */
const STEPS: readonly PictureStep[] = [
  { fromBps: 8000, divideBy: 4, fps: 1 },
  { fromBps: 20_000, divideBy: 2, fps: 1 },
  { fromBps: 45_000, divideBy: 2, fps: 2 },
  { fromBps: 80_000, divideBy: 2, fps: 4 },
  { fromBps: 140_000, divideBy: 2, fps: 6 },
  { fromBps: 240_000, divideBy: 1, fps: 5 },
  { fromBps: 450_000, divideBy: 1, fps: 8 },
];

/** Undefined: the link carries none. */
export function chooseExaminationPicture(bps: number, before: PicturePlan | undefined): PicturePlan | undefined {
  return chooseStep(STEPS, bps, before);
}

/** How a stethoscope's sound is sent, and what it takes on the wire. */
export interface StethoscopePlan {
  readonly opusBps: number;
  readonly copies: readonly number[];
  readonly wireBps: number;
  /** False: murmurs are the codec's and not the patient's; better recorded. It tells of the link all the same. */
  readonly isGood: boolean;
}

/** Opus at 48 kHz, 60 ms a packet. */
const SOUND_BPS = [64_000, 48_000, 32_000, 24_000] as const;
/** While the talk is muted it is the only sound, and without one nobody sees that the link carries more. */
const POOR_SOUND_BPS = 16_000;
const HEADERS_BPS = (8 * 75 * 1000) / 60;
/** With this much loss each piece goes twice, where the link carries it. */
const COPY_FROM_PERCENT = 1;
/** Sound takes at most so much of what the voice leaves: what is measured is not what will be in a second. */
const SOUND_SHARE = 0.85;

/** Undefined: the link carries none. */
export function chooseStethoscope(bps: number, lostPercent: number): StethoscopePlan | undefined {
  const wire = (opusBps: number, copies: readonly number[]) => opusBps * (1 + copies.length) + HEADERS_BPS;
  const copies = lostPercent >= COPY_FROM_PERCENT ? [[2], []] : [[]];
  for (const some of copies) {
    const opusBps = SOUND_BPS.find((one) => wire(one, some) <= SOUND_SHARE * bps);
    if (opusBps !== undefined) return { opusBps, copies: some, wireBps: wire(opusBps, some), isGood: true };
  }
  const wireBps = wire(POOR_SOUND_BPS, []);
  return wireBps <= bps ? { opusBps: POOR_SOUND_BPS, copies: [], wireBps, isGood: false } : undefined;
}
