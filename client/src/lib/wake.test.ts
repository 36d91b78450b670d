import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onWake } from './wake.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function listen() {
  const slept: number[] = [];
  const stop = onWake((ms) => slept.push(ms));
  return { slept, stop };
}

it('says how long the page was asleep, once', () => {
  const { slept, stop } = listen();
  vi.advanceTimersByTime(10_000);
  expect(slept).toEqual([]);
  // The lid: no timer ran, and the wall clock went on.
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(1000);
  expect(slept).toEqual([60_000]);
  vi.advanceTimersByTime(10_000);
  expect(slept).toHaveLength(1);
  stop();
});

it('takes neither a late timer nor a clock that was set back for sleep', () => {
  const { slept, stop } = listen();
  vi.setSystemTime(Date.now() + 2500);
  vi.advanceTimersByTime(1000);
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(5000);
  expect(slept).toEqual([]);
  stop();
});

it('has no timer once nobody listens', () => {
  const one = listen();
  const two = listen();
  one.stop();
  expect(vi.getTimerCount()).toBe(1);
  two.stop();
  expect(vi.getTimerCount()).toBe(0);
});
