/**
 * How fast a file goes beside a call, from the queue that the sound meets on the way. Pure; bit/s on the wire, ms.
 *
 * The rule that fits a picture to a link (send-rate.ts) empties a queue at once and feels its way back: a picture can be made smaller or larger in an instant and is worth a
 * clear voice. A file wants the whole of what is left for minutes, and each such emptying costs it seconds. So its rate holds a queue of a few hundredths of a
 * second instead: what the line seems to carry, more or less by how far the queue is from that, and the estimate itself moves slowly.
 */

export interface FileReport {
  readonly queueMs: number;
  readonly jitterMs: number;
  /** What arrived of files lately, with their headers; a mean over some seconds, since answers come in bunches. */
  readonly arrivedBps: number;
}

export interface FileRate {
  /** To be sent now. */
  readonly bps: number;
  /** What the line seems to carry of it. */
  readonly lineBps: number;
  /** A queue was seen: the line's end is near. */
  readonly isNear: boolean;
  readonly at: number;
}

export const FILE_RATE = {
  /** Nothing stands still for good, however little is spare. */
  floorBps: 12_000,
  ceilingBps: 5_000_000,
  /** The queue that is held: sound waits so much longer, and the line is never idle. */
  queueMs: 80,
  /** From so much on the voice comes first: the file nearly stops until it is less. */
  fullMs: 450,
  fullShare: 0.3,
  /** A queue longer by this than wanted would stop it. With less the rate swings, for a report is a round trip old. */
  spanMs: 1800,
  /** Growth of the estimate a second: until a queue was seen, and after. */
  fast: 1.2,
  slow: 1.04,
} as const;

export function startFile(now: number, spareBps: number): FileRate {
  const bps = clamp(spareBps);
  return { bps, lineBps: bps, isNear: false, at: now };
}

/** To be called with each report of how the sound arrives, while a file goes. */
export function nextFileRate(before: FileRate, now: number, { queueMs, jitterMs, arrivedBps }: FileReport): FileRate {
  const seconds = Math.min(1, Math.max(0, (now - before.at) / 1000));
  const wanted = FILE_RATE.queueMs + 2 * jitterMs;
  let { lineBps, isNear } = before;
  if (queueMs > 1.5 * wanted) {
    // The line is full: what arrives is what it carries. Answers are late behind a queue, so that one report takes away a part only.
    lineBps = Math.min(lineBps, Math.max(1.02 * arrivedBps, lineBps * 0.8 ** seconds));
    isNear = true;
  } else if (queueMs < 0.6 * wanted && arrivedBps > 0.6 * Math.min(before.bps, lineBps)) {
    // What is not used says nothing of the line.
    lineBps *= (isNear ? FILE_RATE.slow : FILE_RATE.fast) ** seconds;
  }
  lineBps = clamp(lineBps);
  const share = queueMs > wanted + FILE_RATE.fullMs ? FILE_RATE.fullShare : 1 + (wanted - queueMs) / FILE_RATE.spanMs;
  return { bps: clamp(share * lineBps), lineBps, isNear, at: now };
}

function clamp(bps: number): number {
  return Math.round(Math.min(FILE_RATE.ceilingBps, Math.max(FILE_RATE.floorBps, bps)));
}
