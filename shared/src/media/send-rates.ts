/**
 * How much one may send to several receivers at once: as much as the thinnest of their links carries. Each receiver's reports are
 * followed on their own (send-rate.ts): a good link's would otherwise hide the queue of a bad one between them. Pure.
 */

import type { RateReport } from './queue-growth.ts';
import { nextRate, RATE, type SendRate, startRate } from './send-rate.ts';

interface Loss {
  readonly lostPercent: number;
  readonly burstMs: number;
}

interface Receiver {
  readonly rate: SendRate;
  readonly loss: Loss;
}

export interface SendRates {
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** What is sent by: the rate of the thinnest, or what the last one left. */
  readonly thinnest: SendRate;
  /** The worst of what gets lost: copies of the voice are for whoever needs them. */
  readonly loss: Loss;
}

const NO_LOSS: Loss = { lostPercent: 0, burstMs: 0 };

export function startRates(now: number): SendRates {
  return { receivers: new Map(), thinnest: startRate(now), loss: NO_LOSS };
}

/** With each report of a receiver; see {@link nextRate}. */
export function adviseRates(
  before: SendRates,
  receiver: string,
  now: number,
  sentBps: number,
  report: RateReport & Loss,
): SendRates {
  const known = before.receivers.get(receiver)?.rate ?? firstRate(before, now);
  const { lostPercent, burstMs } = report;
  const rate = nextRate(known, now, sentBps, report);
  return settle(new Map(before.receivers).set(receiver, { rate, loss: { lostPercent, burstMs } }), before.thinnest);
}

/** Once a second. */
export function tickRates(before: SendRates, now: number, sentBps: number): SendRates {
  const receivers = new Map<string, Receiver>();
  for (const [id, one] of before.receivers)
    receivers.set(id, { ...one, rate: nextRate(one.rate, now, sentBps, undefined) });
  return receivers.size === 0
    ? { ...before, thinnest: nextRate(before.thinnest, now, sentBps, undefined) }
    : settle(receivers, before.thinnest);
}

/** That receiver is gone. The last one's rate stays for whoever comes next: it is most often the same person again. */
export function forgetReceiver(before: SendRates, receiver: string): SendRates {
  if (!before.receivers.has(receiver)) return before;
  const receivers = new Map(before.receivers);
  receivers.delete(receiver);
  return receivers.size === 0 ? { ...before, receivers } : settle(receivers, before.thinnest);
}

/** Somebody is there again: reports are waited for from here on. */
export function resumeRates(before: SendRates, now: number): SendRates {
  const again = (rate: SendRate): SendRate => ({ ...rate, at: now, reportedAt: undefined });
  const receivers = new Map([...before.receivers].map(([id, one]) => [id, { ...one, rate: again(one.rate) }]));
  return { ...before, receivers, thinnest: again(before.thinnest) };
}

/** A further receiver's link is not known: it begins low, and with it what everybody gets, for the seconds it takes to rise. */
function firstRate({ receivers, thinnest }: SendRates, now: number): SendRate {
  return receivers.size === 0 ? thinnest : startRate(now, Math.min(thinnest.totalBps, RATE.startBps));
}

function settle(receivers: ReadonlyMap<string, Receiver>, otherwise: SendRate): SendRates {
  let thinnest: SendRate | undefined;
  let loss = NO_LOSS;
  for (const one of receivers.values()) {
    if (thinnest === undefined || one.rate.totalBps < thinnest.totalBps) thinnest = one.rate;
    if (one.loss.lostPercent > loss.lostPercent) loss = one.loss;
  }
  return { receivers, thinnest: thinnest ?? otherwise, loss };
}
