import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradeOf, meanOpinion, rFactor } from './voice-quality.ts';

describe('estimated voice quality', () => {
  it('is that of G.729A without delay and loss: R 82, opinion 4.1', () => {
    const r = rFactor({ delayMs: 0, concealedPercent: 0 });
    expect(r).toBeCloseTo(82.2, 1);
    expect(meanOpinion(r)).toBeCloseTo(4.1, 1);
    expect(gradeOf(r)).toBe('good');
  });

  it('falls with the delay of a satellite, and below what people accept with a tenth of the sound gone', () => {
    expect(gradeOf(rFactor({ delayMs: 400, concealedPercent: 0 }))).toBe('poor');
    expect(gradeOf(rFactor({ delayMs: 150, concealedPercent: 0 }))).toBe('good');
    expect(gradeOf(rFactor({ delayMs: 150, concealedPercent: 10 }))).toBe('poor');
  });

  it('has the opinions that Annex B of the recommendation prints', () => {
    for (const [r, opinion] of [
      [90, 4.34],
      [80, 4.03],
      [70, 3.6],
      [60, 3.1],
      [50, 2.58],
    ] as const) {
      expect(Math.abs(meanOpinion(r) - opinion)).toBeLessThan(0.01);
    }
    expect(meanOpinion(0)).toBe(1);
  });

  it('never rises with more delay or more loss, and stays in its bounds', () => {
    const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
    fc.assert(
      fc.property(number(5000), number(5000), number(100), number(100), (delayMs, later, concealedPercent, more) => {
        const r = rFactor({ delayMs, concealedPercent });
        const worse = rFactor({
          delayMs: delayMs + later,
          concealedPercent: Math.min(100, concealedPercent + more),
        });
        expect(worse).toBeLessThanOrEqual(r);
        expect(meanOpinion(r)).toBeGreaterThanOrEqual(1);
        expect(meanOpinion(r)).toBeLessThanOrEqual(4.5);
      }),
    );
  });
});
