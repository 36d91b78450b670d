import { expect, it } from 'vitest';
import { ringSamples } from './sounds.ts';

it('rings in two strokes and a pause, never louder than full, and begins and ends in silence so that it loops without a click', () => {
  const rate = 8000;
  const samples = ringSamples(rate);
  const loudest = (from: number, to: number) =>
    samples.subarray(from * rate, to * rate).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  expect(samples.length).toBe(3 * rate);
  expect(loudest(0.1, 0.3)).toBeGreaterThan(0.5);
  expect(loudest(0.65, 0.85)).toBeGreaterThan(0.5);
  expect(loudest(0.41, 0.54)).toBe(0);
  expect(loudest(1, 3)).toBe(0);
  expect(loudest(0, 3)).toBeLessThanOrEqual(1);
  expect([samples[0], samples.at(-1)]).toEqual([0, 0]);
});
