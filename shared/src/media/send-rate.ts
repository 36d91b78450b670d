/**
 * How much one may send, from what the receiver sees of the queue on the way. Pure; times in ms, rates in bit/s on the wire.
 *
 * A browser's own estimate needs seconds to notice that a link has become a quarter of what it was, and by then its queue is full. The
 * receiver sees the queue grow within two packets of sound, and while it grows, what arrives is exactly what the link carries: so the
 * rate is not searched for, it is taken.
 */
import { growthOf, nextRise, type QueueRise, queueByNow, type RateReport, SURE_MS } from './queue-growth.ts';

interface Drain {
  /** It ought to be empty then. */
  readonly until: number;
  /** Of a round trip before there was a queue. */
  readonly tripMs: number;
}

export interface SendRate {
  readonly totalBps: number;
  /** What the link carried when it was last seen full; undefined: never, or not any more. */
  readonly linkBps: number | undefined;
  /** Until then reports speak of the time before the last change. */
  readonly heldUntil: number;
  /** A queue is being emptied; undefined: none is, or nobody can say for how long. */
  readonly drain: Drain | undefined;
  /** Growth a second where nothing is known of the link. */
  readonly pace: number;
  readonly at: number;
  readonly reportedAt: number | undefined;
  /** Since when reports speak of more queue than is wanted; undefined: the last did not. */
  readonly overSince: number | undefined;
  /** Undefined: the last report said less than the one before, or no queue. */
  readonly rise: QueueRise | undefined;
  /** And of hardly any, with as much sent as the link was thought to carry. */
  readonly calms: number;
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
  /** So much of the jitter is no queue: the least of half a minute lies below what is usual. */
  jitterShare: 2,
  /** From so much on growth is slower. */
  shakyMs: 20,
  /** Every way trembles by so much. */
  calmJitterMs: 10,
  /** Of this much queue more than the target the rate falls to what arrives. */
  excessMs: 70,
  /** From so much more on the queue is emptied before anything else. */
  fullMs: 220,
  /** The same while much less arrives than is sent. */
  steepMs: 60,
  /**
   * So soon it ought to be empty: as much of what arrives is sent as that allows, between these shares. An encoder that is told to make less makes too much for
   * another second.
   */
  emptyMs: 900,
  drainShare: { least: 0.3, most: 0.8 },
  /** Of a queue nobody sees the end; more is seldom kept for so thin a link. */
  mostQueueMs: 1500,
  /** By so much a second at most the link is thought to carry less, while a queue is emptied. */
  believed: 0.65,
  /** Of what arrives, while it is emptied: a voice with its copies on a thin link. */
  voiceShare: 0.4,
  /** Of what the link carries, once the queue ought to be empty: what is left of it goes, too. */
  againShare: 0.8,
  /** Growth a second: far from what the link carried, below it, and about at it. */
  fast: 1.5,
  back: 1.1,
  slow: 1.04,
  /** So many reports of so little queue: it carries more by now. */
  calmReports: 3,
  calmRoom: 0.7,
  /** How much more of it each second, beyond what the link carried. */
  bolder: 2,
  /** Of the rate a second, for as much queue again as is wanted. */
  shrink: 0.2,
  /** Without any report for so long it goes down by steps, to the start. */
  silenceMs: 6000,
} as const;

export function startRate(now: number, totalBps: number = RATE.startBps): SendRate {
  return {
    totalBps,
    linkBps: undefined,
    heldUntil: now,
    drain: undefined,
    pace: RATE.fast,
    at: now,
    reportedAt: undefined,
    overSince: undefined,
    rise: undefined,
    calms: 0,
  };
}

/** To be called with each report, or without one once a second. `sentBps` is what was really sent lately. */
export function nextRate(before: SendRate, now: number, sentBps: number, report: RateReport | undefined): SendRate {
  const seconds = Math.min(1, Math.max(0, (now - before.at) / 1000));
  const reportedAt = report === undefined ? before.reportedAt : now;
  if (before.drain !== undefined)
    return whileDraining({ ...before, at: now, reportedAt }, before.drain, report, seconds);
  if (report === undefined) {
    const isSilent = before.reportedAt !== undefined && now - before.reportedAt > RATE.silenceMs;
    if (!isSilent) return before;
    const fallen = Math.max(Math.min(before.totalBps, RATE.startBps), before.totalBps * 0.8 ** seconds);
    return { ...before, totalBps: fallen, at: now };
  }
  // On a way that trembles the least of half a minute is far below what is usual: that much is no queue.
  const target = RATE.targetQueueMs + RATE.jitterShare * report.jitterMs;
  const { queueMs, receivedBps } = report;
  const rise = nextRise(before.rise, now, queueMs, target);
  const limit = target + RATE.excessMs;
  // What is allowed and not used is not on its way.
  const sendingBps = sentBps > 0 ? Math.min(before.totalBps, sentBps) : before.totalBps;
  // One report may be a tremble; more are a queue, and so is one that leaves no doubt.
  const overSince = queueMs > limit ? (before.overSince ?? now) : undefined;
  const isOver = overSince !== undefined && now - overSince >= SURE_MS;
  const growth = growthOf(rise, now);
  // On a satellite a queue that grows is three times as long when the news of it is here.
  const queuedMs = isOver ? queueByNow(sendingBps, report, growth) : queueMs;
  const isFull = queuedMs > limit + RATE.fullMs;
  const isSteep = (queueMs > limit + RATE.steepMs || isOver) && sendingBps > 1.5 * receivedBps;
  if (now >= before.heldUntil && (isFull || isSteep || isOver)) {
    return cutRate(before, now, { sendingBps, growth, isHard: isFull || isSteep, report });
  }
  if (now < before.heldUntil) return { ...before, at: now, reportedAt, overSince: undefined, rise, calms: 0 };
  // The queue is empty, and the rate had shrunk far below what the link was seen to carry: back to it.
  const { linkBps } = before;
  if (linkBps !== undefined && queueMs < target && before.totalBps < 0.8 * linkBps) {
    return { ...before, totalBps: clamp(0.88 * linkBps), heldUntil: now, at: now, reportedAt, overSince, rise };
  }
  const isBeyond = linkBps !== undefined && before.totalBps > 1.1 * linkBps;
  const isNear = linkBps !== undefined && !isBeyond;
  // What trembling adds to every reading takes no room.
  const usual = RATE.jitterShare * Math.max(0, report.jitterMs - RATE.calmJitterMs);
  const room = Math.max(-1, Math.min(1, (target - queueMs) / (target - (queueMs < target ? usual : 0))));
  // What is not used says nothing of the link: no more than a third above it.
  const isUsed = sentBps > 0.7 * before.totalBps;
  const isBelow = isNear && before.totalBps < 0.95 * linkBps;
  const calms = isNear && !isBelow && isUsed && queueMs < (1 - RATE.calmRoom) * target ? before.calms + 1 : 0;
  const pace = !isNear ? before.pace : isBelow || calms >= RATE.calmReports ? RATE.back : RATE.slow;
  // What trembles so much that a queue hides in it is not taken by leaps.
  const leap = isNear ? 1 : 1 + Math.max(0, report.jitterMs / RATE.shakyMs - 1);
  const factor = room > 0 ? 1 + ((pace - 1) * room) / leap : 1 + RATE.shrink * room;
  const next = room > 0 && !isUsed ? before.totalBps : before.totalBps * factor ** seconds;
  return {
    ...before,
    totalBps: clamp(next),
    linkBps: isBeyond ? undefined : linkBps,
    // What the link was thought to carry may have been too little by a tenth, and then it is full just beyond.
    pace:
      isNear || !isUsed || queueMs > 0.5 * target
        ? before.pace
        : Math.min(RATE.fast, 1 + (before.pace - 1) * RATE.bolder ** seconds),
    at: now,
    reportedAt,
    overSince,
    rise,
    calms,
  };
}

/** A report that was on its way when something changed speaks of before. */
const SETTLE_MS = 400;

interface Overload {
  readonly sendingBps: number;
  readonly growth: number;
  /** The queue is full, or about to be. */
  readonly isHard: boolean;
  readonly report: RateReport;
}

/** Less than arrives, so that the queue empties. */
function cutRate(before: SendRate, now: number, { sendingBps, growth, isHard, report }: Overload): SendRate {
  const { receivedBps, rttMs } = report;
  const carriedBps = growth > 1 ? Math.min(receivedBps, sendingBps / growth) : receivedBps;
  const gently = Math.max(0.85 * receivedBps, 0.7 * before.totalBps);
  const hard = drainShare(queueByNow(sendingBps, report, growth)) * carriedBps;
  const wanted = Math.min(before.totalBps * 0.95, isHard ? hard : gently);
  const totalBps = clamp(before.totalBps > RATE.lowBps ? Math.max(RATE.lowBps, wanted) : wanted);
  const drainMs = isHard ? drainTime(sendingBps, totalBps, report, growth) : undefined;
  return {
    totalBps,
    linkBps: Math.max(carriedBps, totalBps),
    heldUntil: now + rttMs + SETTLE_MS,
    drain: drainMs === undefined ? undefined : { until: now + drainMs, tripMs: rttMs },
    pace: RATE.back,
    at: now,
    reportedAt: now,
    overSince: undefined,
    rise: undefined,
    calms: 0,
  };
}

/**
 * The queue is not waited for until somebody saw it empty: that news takes a round trip in which the link stands still, and the picture
 * with it.
 */
function whileDraining(
  state: SendRate,
  { until, tripMs }: Drain,
  report: RateReport | undefined,
  seconds: number,
): SendRate {
  const { at: now, linkBps = state.totalBps } = state;
  const news = now < state.heldUntil ? undefined : report;
  const target = RATE.targetQueueMs + RATE.jitterShare * (news?.jitterMs ?? 0);
  const isSeenEmpty = news !== undefined && news.queueMs < target;
  if (now >= until || isSeenEmpty) {
    const again = Math.max(state.totalBps, RATE.againShare * linkBps);
    // What is reported of the last of the queue has waited in it first.
    const heldUntil = now + tripMs + (isSeenEmpty ? 1 : 3) * SETTLE_MS;
    return { ...state, totalBps: clamp(again), heldUntil, drain: undefined, overSince: undefined };
  }
  if (news === undefined || news.queueMs < target + RATE.excessMs) return state;
  // As long as there is a queue, what arrives is what the link carries; but not all that goes over it is counted here.
  return { ...state, linkBps: Math.max(news.receivedBps, linkBps * RATE.believed ** seconds) };
}

/** Of what the link carries, so that such a queue is gone in time and no more is taken from the picture than that needs. */
function drainShare(queuedMs: number): number {
  return Math.min(RATE.drainShare.most, Math.max(RATE.drainShare.least, 1 - queuedMs / RATE.emptyMs));
}

/** ms until a queue is empty into which less is sent from now on; undefined where that is hardly less than what arrives. */
function drainTime(sentBps: number, cutBps: number, report: RateReport, growth: number): number | undefined {
  const { queueMs, receivedBps } = report;
  if (cutBps > 0.8 * receivedBps) return undefined;
  const queuedMs = Math.min(Math.max(queueMs, RATE.mostQueueMs), queueByNow(sentBps, report, growth));
  return queuedMs / (1 - Math.max(RATE.voiceShare, cutBps / receivedBps));
}

function clamp(bps: number): number {
  return Math.round(Math.min(RATE.ceilingBps, Math.max(RATE.floorBps, bps)));
}
