import type { Evidence } from '@jaqyn/shared/evidence/evidence.contract';
import { expect, test } from 'vitest';
import { plotOf } from './plot-rows.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 4, 0, seconds)).toISOString();

test('bars lie where the time was', () => {
  const evidence = {
    participants: [
      {
        side: 'station',
        stays: [
          [at(0), at(40)],
          [at(60), at(100)],
        ],
        tracks: [
          { direction: 'from', kind: 'audio', stretches: [[at(10), at(40)]] },
          { direction: 'to', kind: 'audio', stretches: [[at(0), at(100)]] },
        ],
      },
    ],
  } as unknown as Evidence;
  const plot = plotOf(evidence);
  expect([plot?.from, plot?.to]).toEqual([at(0), at(100)]);
  expect(plot?.rows.map(({ side, what, bars }) => [side, what, bars.length])).toEqual([
    ['station', 'room', 2],
    ['station', 'audio', 1],
    ['station', 'video', 0],
    ['specialist', 'room', 0],
    ['specialist', 'audio', 0],
    ['specialist', 'video', 0],
  ]);
  expect(plot?.rows[0]?.bars[1]).toEqual({ from: 0.6, width: 0.4 });
  expect(plot?.rows[1]?.bars[0]).toEqual({ from: 0.1, width: 0.3 });
});

test('nobody there, nothing to draw', () => {
  expect(plotOf({ participants: [] } as unknown as Evidence)).toBeUndefined();
});
