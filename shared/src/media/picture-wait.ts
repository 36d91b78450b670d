/**
 * How long a picture waits before it is shown, so that what was lost on the way can be sent again meanwhile. Over a satellite that takes 0.6 s, in which the
 * picture stands and then runs to catch up: breathing cannot be counted on it. The voice never waits for it.
 */
export const PICTURE_WAIT = {
  /** Of a freeze that sending again has ended. Shorter ones are not seen; in longer ones the link was gone, or the sender emptied a queue. */
  leastFreezeMs: 180,
  mostFreezeMs: 1500,
  /** A packet that was asked for again explains a freeze that ended so long after it. */
  explainsMs: 3000,
  /** More than the longest freeze seen, for the tremble of the way. */
  spareMs: 80,
  /** Later than that two people no longer talk about what both see. */
  mostMs: 900,
  /** On so long a way something is lost in every minute: the picture waits from its beginning, since it takes the browser seconds to slow down. */
  farMs: 400,
  /** Nothing was asked for again for so long: a wait would only be late. */
  forgetMs: 60_000,
} as const;

/** Of one picture since the reading before. */
export interface PictureReading {
  readonly freezes: number;
  /** All of them together. */
  readonly frozenMs: number;
  /** How often something was asked for again. */
  readonly again: number;
}

export interface PictureWait {
  /** ms; 0: as the browser has it. */
  readonly waitMs: number;
  /** ms of the caller's clock; when something was last asked for again. */
  readonly againAt: number;
}

export const NO_WAIT: PictureWait = { waitMs: 0, againAt: Number.NEGATIVE_INFINITY };

/** `now` in ms of the caller's clock; `rttMs` of the longer of both ways to the server. Answers the same object where nothing changed. */
export function nextPictureWait(before: PictureWait, now: number, reading: PictureReading, rttMs: number): PictureWait {
  const { freezes, frozenMs, again } = reading;
  if (before === NO_WAIT && rttMs >= PICTURE_WAIT.farMs)
    return { waitMs: Math.min(PICTURE_WAIT.mostMs, Math.round(rttMs + PICTURE_WAIT.spareMs)), againAt: now };
  const againAt = again > 0 ? now : before.againAt;
  if (now - againAt > PICTURE_WAIT.forgetMs) return before.waitMs === 0 ? before : { waitMs: 0, againAt };
  const freezeMs = freezes > 0 ? frozenMs / freezes : 0;
  const isOfLoss =
    now - againAt <= PICTURE_WAIT.explainsMs &&
    freezeMs >= PICTURE_WAIT.leastFreezeMs &&
    freezeMs <= PICTURE_WAIT.mostFreezeMs;
  // A freeze in spite of a wait is what the wait was short of.
  const enough =
    before.waitMs === 0 ? freezeMs + PICTURE_WAIT.spareMs : Math.max(before.waitMs + PICTURE_WAIT.spareMs, freezeMs);
  const waitMs = isOfLoss ? Math.min(PICTURE_WAIT.mostMs, Math.max(before.waitMs, Math.round(enough))) : before.waitMs;
  return waitMs === before.waitMs && againAt === before.againAt ? before : { waitMs, againAt };
}
