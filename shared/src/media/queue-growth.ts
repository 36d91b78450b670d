/**
 * How long a queue is by the time the news of it is here, and how fast it grew. Pure; times in ms, rates in bit/s on the wire.
 */

export interface RateReport {
  readonly queueMs: number;
  readonly jitterMs: number;
  /** What arrived at the receiver lately. */
  readonly receivedBps: number;
  /** To the receiver and back. */
  readonly rttMs: number;
}

/** A queue that has been growing from report to report. */
export interface QueueRise {
  readonly at: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A queue that is seen for so long is no tremble, and no whole picture that will have passed. */
export const SURE_MS = 200;
/** ms of queue a ms: a fall, and not what a cut still lets come. */
const SHARE = { least: 0.3, most: 0.67 } as const;
/** What is sent and what arrived were not counted at the same time: a little more is none. Whatever was counted, nobody sends more than so many times what passes. */
const EXCESS = { least: 1.2, most: 8 } as const;

/** Undefined while there is less queue than `targetMs`; begins anew with each report of less than the one before. */
export function nextRise(
  before: QueueRise | undefined,
  now: number,
  queueMs: number,
  targetMs: number,
): QueueRise | undefined {
  if (queueMs <= targetMs) return undefined;
  if (before === undefined || queueMs < before.toMs) return { at: now, fromMs: queueMs, toMs: queueMs };
  return { ...before, toMs: queueMs };
}

/**
 * How many times more is sent than the link carries, by how fast the queue has been growing: what arrived is counted over two thirds of a second, most of
 * which was before a fall. 1 where that is not known: a whole picture is a queue that grows, too, but for no longer than its packets take.
 */
export function growthOf(rise: QueueRise | undefined, now: number): number {
  if (rise === undefined || now - rise.at < SURE_MS) return 1;
  const share = (rise.toMs - rise.fromMs) / (now - rise.at);
  return share < SHARE.least ? 1 : 1 / (1 - Math.min(SHARE.most, share));
}

/** ms of queue now: with what joined it behind the packet that was seen, and while the report was on its way. */
export function queueByNow(sentBps: number, { queueMs, receivedBps, rttMs }: RateReport, growth: number): number {
  const excess = Math.min(EXCESS.most, Math.max(growth, sentBps / Math.max(1, receivedBps)));
  return excess < EXCESS.least ? queueMs : queueMs * excess + (excess - 1) * rttMs;
}
