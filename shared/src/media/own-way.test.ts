import { describe, expect, it } from 'vitest';
import { noteTrip, type OwnWay, reportOfOwnWay, UNKNOWN_WAY } from './own-way.ts';
import { nextRate, type SendRate, startRate } from './send-rate.ts';

/** Seconds with these round trips, by nothing but which a rate is kept. */
function pass(
  rate: SendRate,
  way: OwnWay,
  from: number,
  trips: readonly number[],
): { rate: SendRate; way: OwnWay; now: number } {
  let now = from;
  for (const rttMs of trips) {
    now += 1000;
    way = noteTrip(way, now, rttMs);
    rate = nextRate(rate, now, rate.totalBps, reportOfOwnWay(way, rate.totalBps));
  }
  return { rate, way, now };
}

const CALM = Array.from({ length: 60 }, (_, second) => 600 + (second % 7));

describe('a way of which nobody reports', () => {
  it('is not known without a round trip', () => {
    expect(reportOfOwnWay(UNKNOWN_WAY, 100_000)).toBeUndefined();
    expect(reportOfOwnWay(noteTrip(UNKNOWN_WAY, 1000, undefined), 100_000)).toBeUndefined();
  });

  it('is forgotten when nothing is measured any more', () => {
    const measured = noteTrip(UNKNOWN_WAY, 1000, 600);
    expect(noteTrip(measured, 30_000, undefined).trips).toHaveLength(1);
    expect(noteTrip(measured, 70_000, undefined).trips).toEqual([]);
  });

  it('says that all that was sent arrives, and not more', () => {
    expect(reportOfOwnWay(noteTrip(UNKNOWN_WAY, 1000, 600), 100_000)?.receivedBps).toBe(100_000);
  });

  it('keeps the rate it had, and never proves more', () => {
    const { rate } = pass(startRate(0, 120_000), UNKNOWN_WAY, 0, CALM);
    expect(rate.totalBps).toBe(120_000);
  });

  it('keeps it nearly whole on a way that trembles', () => {
    const trembling = Array.from({ length: 60 }, (_, second) => 600 + ((second * 37) % 90));
    const { rate } = pass(startRate(0, 120_000), UNKNOWN_WAY, 0, trembling);
    expect(rate.totalBps).toBeGreaterThan(0.8 * 120_000);
    expect(rate.totalBps).toBeLessThanOrEqual(120_000);
  });

  it('is sent less when a queue grows on it', () => {
    const calm = pass(startRate(0, 120_000), UNKNOWN_WAY, 0, CALM);
    const { rate } = pass(calm.rate, calm.way, calm.now, [900, 1200, 1500]);
    expect(rate.totalBps).toBeLessThan(0.8 * 120_000);
  });

  it('does not take a longer way for a queue for ever', () => {
    const calm = pass(startRate(0, 120_000), UNKNOWN_WAY, 0, CALM);
    const { way } = pass(
      calm.rate,
      calm.way,
      calm.now,
      Array.from({ length: 61 }, () => 900),
    );
    expect(reportOfOwnWay(way, 100_000)?.queueMs).toBe(60);
  });
});
