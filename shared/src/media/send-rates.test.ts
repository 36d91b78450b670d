import { expect, test } from 'vitest';
import { RATE } from './send-rate.ts';
import { adviseRates, forgetReceiver, resumeRates, type SendRates, startRates, tickRates } from './send-rates.ts';

const GOOD = { queueMs: 5, jitterMs: 2, receivedBps: 900_000, rttMs: 40, lostPercent: 0, burstMs: 0 };

/** So many seconds of four reports each from everybody, all that may be sent being sent. */
function pass(before: SendRates, seconds: number, from: number, reports: Record<string, typeof GOOD>): SendRates {
  let rates = before;
  for (let at = from; at < from + seconds * 1000; at += 250) {
    for (const [receiver, report] of Object.entries(reports)) {
      rates = adviseRates(rates, receiver, at, rates.thinnest.totalBps, report);
    }
    if (at % 1000 === 0) rates = tickRates(rates, at, rates.thinnest.totalBps);
  }
  return rates;
}

test('one bad link among good ones is what everybody is sent by', () => {
  const wide = pass(startRates(0), 20, 0, { specialist: GOOD, consultant: GOOD });
  expect(wide.thinnest.totalBps).toBe(RATE.ceilingBps);
  // 100 kbit/s arrive at the consultant behind a queue that only two reports in a row make one; at the specialist all is well, as often.
  const queue = { ...GOOD, queueMs: 160, receivedBps: 100_000 };
  const thin = pass(wide, 20, 20_000, { specialist: GOOD, consultant: queue });
  expect(thin.thinnest.totalBps).toBeLessThan(0.3 * RATE.ceilingBps);
  // And the good one does not lift it afterwards.
  const calm = pass(thin, 5, 40_000, { specialist: GOOD, consultant: { ...GOOD, receivedBps: 100_000 } });
  expect(calm.thinnest.totalBps).toBeLessThan(0.5 * RATE.ceilingBps);
});

test('copies of the voice are for whoever loses most', () => {
  const rates = pass(startRates(0), 1, 0, { a: GOOD, b: { ...GOOD, lostPercent: 12, burstMs: 80 }, c: GOOD });
  expect(rates.loss).toEqual({ lostPercent: 12, burstMs: 80 });
  expect(forgetReceiver(rates, 'b').loss).toEqual({ lostPercent: 0, burstMs: 0 });
});

test('a further receiver begins low, and going lets the others rise to what they had', () => {
  const wide = pass(startRates(0), 20, 0, { a: GOOD });
  const joined = adviseRates(wide, 'b', 20_000, wide.thinnest.totalBps, GOOD);
  expect(joined.thinnest.totalBps).toBeLessThanOrEqual(RATE.startBps * RATE.fast);
  expect(forgetReceiver(joined, 'b').thinnest.totalBps).toBe(RATE.ceilingBps);
});

test('whoever comes back, under another name, has the link they had', () => {
  const wide = pass(startRates(0), 20, 0, { a: GOOD });
  const alone = resumeRates(forgetReceiver(wide, 'a'), 30_000);
  expect(adviseRates(alone, 'a again', 30_100, 0, GOOD).thinnest.totalBps).toBe(RATE.ceilingBps);
});

test('without a word from anybody it goes down', () => {
  const wide = pass(startRates(0), 20, 0, { a: GOOD, b: GOOD });
  let rates = wide;
  for (let at = 20_000; at < 60_000; at += 1000) rates = tickRates(rates, at, rates.thinnest.totalBps);
  expect(rates.thinnest.totalBps).toBe(RATE.startBps);
});
