import type { RoomSide } from '@jaqyn/shared/signalling/room';
import { expect, test } from 'vitest';
import { FIRST_WIDTH, nextWidth, WIDTH, type WidthState } from './picture-width.ts';

const GOOD = { queueMs: 10, jitterMs: 5, lostPercent: 0, receivedBps: 120_000 };
const FULL = { ...GOOD, queueMs: 900 };
const LOSSY = { ...GOOD, lostPercent: 30 };

/** A report each second from `at` on. */
function pass(state: WidthState, side: RoomSide, reports: readonly (typeof GOOD)[], at = 0): WidthState {
  return reports.reduce((before, report, index) => nextWidth(before, side, report, at + 1000 * index), state);
}
const times = (count: number, report: typeof GOOD) => Array.from({ length: count }, () => report);

test('begins with one face and gets more after some good seconds', () => {
  expect(pass(FIRST_WIDTH, 'specialist', times(4, GOOD)).width).toBe('front');
  expect(pass(FIRST_WIDTH, 'specialist', times(5, GOOD)).width).toBe('all');
});

test('a station gets no second face before its link has shown what it carries', () => {
  expect(pass(FIRST_WIDTH, 'station', times(3600, GOOD)).width).toBe('front');
  expect(pass(FIRST_WIDTH, 'station', times(5, { ...GOOD, receivedBps: WIDTH.stationBps })).width).toBe('all');
});

test('one bad report is a tremble, two are too much', () => {
  const all = pass(FIRST_WIDTH, 'specialist', times(5, GOOD));
  expect(pass(all, 'specialist', [FULL, GOOD, FULL], 5000).width).toBe('all');
  expect(pass(all, 'specialist', [FULL, LOSSY], 5000).width).toBe('front');
});

test('who examines and decides keeps a face however bad it is; who listens in goes without', () => {
  for (const side of ['station', 'specialist', 'consultant'] as const) {
    expect(pass(FIRST_WIDTH, side, times(60, LOSSY)).width).toBe('front');
  }
  for (const side of ['interpreter', 'observer'] as const) {
    expect(pass(FIRST_WIDTH, side, times(2, LOSSY)).width).toBe('none');
    expect(pass(FIRST_WIDTH, side, times(60, LOSSY)).width).toBe('none');
  }
});

test('what was too much is tried again later each time', () => {
  let state = FIRST_WIDTH;
  let now = 0;
  const waits: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const from = now;
    while (state.width !== 'all') {
      state = nextWidth(state, 'consultant', GOOD, now);
      now += 1000;
    }
    waits.push(now - from);
    state = pass(state, 'consultant', [FULL, FULL], now);
    now += 2000;
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
  expect(waits.at(-1)).toBeLessThanOrEqual(WIDTH.mostPatienceMs + 2000);
});
