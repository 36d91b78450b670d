/**
 * How much one may send, from what the receiver sees of the queue on the way. Pure; times in ms, rates in bit/s on the wire.
 *
 * A browser's own estimate needs seconds to notice that a link has become a quarter of what it was, and by then its queue is full. The
 * receiver sees the queue grow within two packets of sound, and while it grows, what arrives is exactly what the link carries: so the
 * rate is not searched for, it is taken.
 */

export interface RateReport {
  readonly queueMs: number;
  readonly jitterMs: number;
  /** What arrived at the receiver lately. */
  readonly receivedBps: number;
  /** To the receiver and back. */
  readonly rttMs: number;
}

export interface SendRate {
  readonly totalBps: number;
  /** What the link carried when it was last seen full; undefined: never, or not any more. */
  readonly linkBps: number | undefined;
  /** Until then reports speak of the time before the last cut. */
  readonly heldUntil: number;
  readonly at: number;
  readonly reportedAt: number | undefined;
  /** Reports in a row of more queue than is wanted. */
  readonly overs: number;
}

export const RATE = {
  /** Voice and the smallest picture: fits the thinnest link. */
  startBps: 60_000,
  /** Voice and hardly a picture: one cut does not go below it, the next may, for there are links that carry a voice and no more. */
  lowBps: 36_000,
  /** The thinnest voice (voice-plan.ts). */
  floorBps: 22_000,
  ceilingBps: 900_000,
  /** A queue that is wanted: the link is then known to be full. */
  targetQueueMs: 60,
  /** Of this much queue more than the target the rate falls to what arrives. */
  excessMs: 70,
  /** From so much more on the queue is emptied before anything else. */
  fullMs: 220,
  /** The same while much less arrives than is sent. */
  steepMs: 60,
  /** Of what arrives, while it is. */
  drainShare: 0.3,
  /** Growth a second: far from what the link carried, and near it. */
  fast: 1.5,
  slow: 1.04,
  /** Without any report for so long it goes down by steps, to the start. */
  silenceMs: 6000,
} as const;

export function startRate(now: number, totalBps: number = RATE.startBps): SendRate {
  return { totalBps, linkBps: undefined, heldUntil: now, at: now, reportedAt: undefined, overs: 0 };
}

/** To be called with each report, or without one once a second. `sentBps` is what was really sent lately. */
export function nextRate(before: SendRate, now: number, sentBps: number, report: RateReport | undefined): SendRate {
  const seconds = Math.min(1, Math.max(0, (now - before.at) / 1000));
  const reportedAt = report === undefined ? before.reportedAt : now;
  if (report === undefined) {
    const isSilent = before.reportedAt !== undefined && now - before.reportedAt > RATE.silenceMs;
    if (!isSilent) return before;
    const fallen = Math.max(Math.min(before.totalBps, RATE.startBps), before.totalBps * 0.8 ** seconds);
    return { ...before, totalBps: fallen, at: now };
  }
  // On a way that trembles the least of half a minute is far below what is usual: that much is no queue.
  const target = RATE.targetQueueMs + 2 * report.jitterMs;
  const { queueMs, receivedBps, rttMs } = report;
  const limit = target + RATE.excessMs;
  const isFull = queueMs > limit + RATE.fullMs;
  const isSteep = queueMs > limit + RATE.steepMs && before.totalBps > 1.5 * receivedBps;
  // One report may be a tremble; two are a queue, and so is one that leaves no doubt.
  const overs = queueMs > limit ? before.overs + 1 : 0;
  if (now >= before.heldUntil && (isFull || isSteep || overs >= 2)) {
    // Less than arrives, so that the queue empties; at once when it is full, or about to be.
    const gently = Math.max(0.85 * receivedBps, 0.7 * before.totalBps);
    const wanted = Math.min(before.totalBps * 0.95, isFull || isSteep ? RATE.drainShare * receivedBps : gently);
    const cut = clamp(before.totalBps > RATE.lowBps ? Math.max(RATE.lowBps, wanted) : wanted);
    const heldUntil = now + rttMs + 400;
    return { totalBps: cut, linkBps: Math.max(receivedBps, cut), heldUntil, at: now, reportedAt, overs: 0 };
  }
  if (now < before.heldUntil) return { ...before, at: now, reportedAt, overs: 0 };
  // The queue is empty after a deep cut: back to what the link was seen to carry.
  const { linkBps } = before;
  if (linkBps !== undefined && queueMs < target && before.totalBps < 0.8 * linkBps) {
    return { ...before, totalBps: clamp(0.88 * linkBps), heldUntil: now, at: now, reportedAt, overs };
  }
  const isBeyond = linkBps !== undefined && before.totalBps > 1.1 * linkBps;
  const isNear = linkBps !== undefined && !isBeyond;
  const room = Math.max(-1, (target - queueMs) / target);
  const growth = room > 0 ? 1 + ((isNear ? RATE.slow : RATE.fast) - 1) * room : 1 + 0.15 * room;
  // What is not used says nothing of the link: no more than a third above it.
  const isUsed = sentBps > 0.7 * before.totalBps;
  const next = room > 0 && !isUsed ? before.totalBps : before.totalBps * growth ** seconds;
  return {
    totalBps: clamp(next),
    linkBps: isBeyond ? undefined : linkBps,
    heldUntil: before.heldUntil,
    at: now,
    reportedAt,
    overs,
  };
}

function clamp(bps: number): number {
  return Math.round(Math.min(RATE.ceilingBps, Math.max(RATE.floorBps, bps)));
}
