import { Instant } from '@jaqyn/shared/kernel/time';
import type { StoredLinkSample } from '@jaqyn/shared/link-samples/link-sample.contract';
import { describe, expect, it } from 'vitest';
import { qualityOf } from './call-quality.ts';

const START = Date.UTC(2026, 10, 22, 9);

function sample(second: number, overrides: Partial<StoredLinkSample> = {}): StoredLinkSample {
  return {
    at: Instant.parse(new Date(START + 1000 * second).toISOString()),
    seconds: 10,
    side: 'station',
    origin: 'client',
    sentBps: 60_000,
    receivedBps: 90_000,
    lostPercent: 1,
    rttMs: 60,
    concealedPercent: 0,
    bufferMs: 40,
    queueMs: 0,
    receivedFps: 10,
    sentFps: 10,
    frozenMs: 0,
    step: 'small',
    why: 'link',
    ...overrides,
  };
}

describe('how a call was', () => {
  it('is unknown without a word of either end', () => {
    expect(qualityOf([])).toBeUndefined();
    expect(qualityOf([sample(10, { origin: 'server' })])).toBeUndefined();
  });

  it('counts both halves of the way into the delay, and losses into the voice', () => {
    const near = qualityOf([sample(10), sample(10, { side: 'specialist', rttMs: 20 })]);
    const far = qualityOf([sample(10, { rttMs: 600 }), sample(10, { side: 'specialist', rttMs: 20, queueMs: 300 })]);
    const lossy = qualityOf([sample(10, { concealedPercent: 12 })]);
    expect(near?.ends.map(({ side, grade }) => [side, grade])).toEqual([
      ['station', 'good'],
      ['specialist', 'good'],
    ]);
    expect(far?.ends[0]).toMatchObject({ side: 'station', grade: 'poor' });
    expect(lossy?.ends[0]?.grade).toBe('poor');
    expect(lossy?.ends[0]?.concealedPercent).toBe(12);
  });

  it('breaks the line where nobody said anything, and joins steps that go on', () => {
    const call = qualityOf([
      sample(10),
      sample(20),
      sample(30, { step: 'voice' }),
      sample(40, { step: 'voice' }),
      sample(120),
    ]);
    const [station] = call?.ends ?? [];
    expect(station?.runs.map((run) => run.length)).toEqual([4, 1]);
    expect(station?.steps.map(({ from, to, step }) => [(from - START) / 1000, (to - START) / 1000, step])).toEqual([
      [0, 20, 'small'],
      [20, 40, 'voice'],
      [110, 120, 'small'],
    ]);
    expect([call?.from, call?.to]).toEqual([START, START + 120_000]);
  });

  it('is silent where nothing was heard', () => {
    const [station] = qualityOf([sample(10, { concealedPercent: null })])?.ends ?? [];
    expect(station).toMatchObject({ opinion: undefined, grade: undefined, worst: undefined });
  });
});
