/** Which picture fits what the voice leaves. Pure. */

export interface PicturePlan {
  /** Each side of 640×480 divided by so much. */
  readonly divideBy: number;
  readonly fps: number;
}

export interface PictureStep extends PicturePlan {
  /** From so many bit/s on. */
  readonly fromBps: number;
  /** A step up needs so many times more than staying, so that the size does not swing; 1.2 where nothing is said. */
  readonly rise?: number;
}

/** Less than this of a picture that moves is none. */
export const LEAST_PICTURE_BPS = 7500;

/**
 * VP8 at 320×240 gives 6 pictures a second from 30 kbit/s and 10 from 60 to 90; at 160×120 five from 12 (measured; six are asked for,
 * since an encoder leaves out what does not fit). Below the first no picture is begun: one that is there goes on down to 7.5, coarse as
 * it is, for a picture that comes and goes is worse.
 */
const STEPS: readonly PictureStep[] = [
  { fromBps: LEAST_PICTURE_BPS, rise: 1.6, divideBy: 4, fps: 6 },
  { fromBps: 26_000, divideBy: 4, fps: 8 },
  { fromBps: 45_000, divideBy: 2, fps: 10 },
  { fromBps: 70_000, divideBy: 2, fps: 12 },
  { fromBps: 150_000, divideBy: 2, fps: 15 },
  { fromBps: 330_000, divideBy: 1, fps: 15 },
];

const RISE = 1.2;

/** Undefined: none. `leastDivision` 2 asks for a small picture, whatever fits. */
export function choosePicture(
  bps: number,
  before: PicturePlan | undefined,
  leastDivision = 1,
): PicturePlan | undefined {
  return chooseStep(STEPS, bps, before, leastDivision);
}

/** The best of these steps, the smallest first, that `bps` carries; undefined: none. `before` is what is sent now. */
export function chooseStep(
  steps: readonly PictureStep[],
  bps: number,
  before: PicturePlan | undefined,
  leastDivision = 1,
): PicturePlan | undefined {
  const now = steps.findIndex(({ divideBy, fps }) => before?.divideBy === divideBy && before.fps === fps);
  const step = steps.findLast(
    ({ fromBps, rise = RISE, divideBy }, index) =>
      divideBy >= leastDivision && bps >= (index > now ? fromBps * rise : fromBps),
  );
  return step === undefined ? undefined : { divideBy: step.divideBy, fps: step.fps };
}
