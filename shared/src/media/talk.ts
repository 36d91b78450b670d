/**
 * Whether a link carries a voice at all. Pure; times in ms of any clock that only goes forward, rates in bit/s on the wire.
 *
 * Below the thinnest voice (send-rate.ts) a call that goes on sending only fills the queue, and with it the way of everything else: messages,
 * the request, the press that goes on in writing. So the voice falls silent, and tries again for a moment now and then.
 */
import { RATE } from './send-rate.ts';

export interface TalkState {
  readonly isCarried: boolean;
  /** Since when reports say that the thinnest voice does not come through; undefined: it does. */
  readonly badSince: number | undefined;
  /** Since when it is silent but for its tries. */
  readonly silentSince: number;
  /** Tries in a row that came through, and which was the last. */
  readonly goodTries: number;
  readonly lastTry: number;
}

/** What the receiver says of the sound. */
export interface TalkReport {
  readonly queueMs: number;
  readonly lostPercent: number;
}

export const TALK = {
  /** No sentence is understood, whatever copies do; and nobody talks with so much delay. */
  lostPercent: 30,
  queueMs: 1500,
  /** Sent as thinly as can be, and still bad for so long. */
  patienceMs: 10_000,
  /** A try every so often, after a pause in which its queue empties, so long; what is said of its first moment says little. */
  everyMs: 15_000,
  pauseMs: 10_000,
  tryMs: 3000,
  settleMs: 1200,
  goodTries: 2,
} as const;

export const FIRST_TALK: TalkState = {
  isCarried: true,
  badSince: undefined,
  silentSince: 0,
  goodTries: 0,
  lastTry: -1,
};

export function isTooBadToTalk({ lostPercent, queueMs }: TalkReport): boolean {
  return lostPercent >= TALK.lostPercent || queueMs >= TALK.queueMs;
}

/** To be called with each report, or without one once a second. `totalBps` is what may be sent of everything. */
export function nextTalk(before: TalkState, now: number, totalBps: number, report: TalkReport | undefined): TalkState {
  const isBad = report !== undefined && isTooBadToTalk(report);
  if (!before.isCarried) return report === undefined ? before : afterReport(before, now, isBad);
  const isThinnest = totalBps <= 1.05 * RATE.floorBps;
  // Without a report nothing is better: they come over the same link.
  const badSince = report === undefined ? before.badSince : isBad && isThinnest ? (before.badSince ?? now) : undefined;
  if (badSince !== undefined && now - badSince >= TALK.patienceMs) {
    return { isCarried: false, badSince, silentSince: now, goodTries: 0, lastTry: -1 };
  }
  return badSince === before.badSince ? before : { ...before, badSince };
}

/** The voice is sent at this moment: always, or for a try. */
export function isTalkSent({ isCarried, silentSince }: TalkState, now: number): boolean {
  const phase = (now - silentSince) % TALK.everyMs;
  return isCarried || (phase >= TALK.pauseMs && phase < TALK.pauseMs + TALK.tryMs);
}

function afterReport(before: TalkState, now: number, isBad: boolean): TalkState {
  const since = now - before.silentSince;
  const current = Math.floor(since / TALK.everyMs);
  if (isBad) return { ...before, goodTries: 0, lastTry: current };
  // Of the time before the try, or counted already.
  if (since % TALK.everyMs < TALK.pauseMs + TALK.settleMs || current === before.lastTry) return before;
  const goodTries = current === before.lastTry + 1 ? before.goodTries + 1 : 1;
  return goodTries >= TALK.goodTries ? FIRST_TALK : { ...before, goodTries, lastTry: current };
}
