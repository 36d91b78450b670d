import { expect, it } from 'vitest';
import { instant } from '../test-support.ts';
import { datesToBook, type SeriesItem } from './series-dates.ts';

const [first, second, third] = ['23', '30', '07'].map((day, index) =>
  instant(`2026-1${index === 2 ? '2' : '1'}-${day}T05:00:00.000Z`),
) as [SeriesItem['startsAt'], SeriesItem['startsAt'], SeriesItem['startsAt']];
const other = instant('2026-12-01T05:00:00.000Z');
const refusal = { code: 'day_off', severity: 'refuses' } as const;
const warning = { code: 'after_treat_by', severity: 'warns' } as const;

it('books what is free, what only warns, and the slot instead of a refused one', () => {
  expect(
    datesToBook([
      { startsAt: first, conflicts: [], instead: null },
      { startsAt: second, conflicts: [refusal], instead: other },
      { startsAt: third, conflicts: [warning], instead: null },
    ]),
  ).toEqual([first, other, third]);
});

it('leaves out what has no other slot, and books no slot twice', () => {
  expect(
    datesToBook([
      { startsAt: first, conflicts: [refusal], instead: null },
      { startsAt: second, conflicts: [refusal], instead: other },
      { startsAt: third, conflicts: [refusal], instead: other },
    ]),
  ).toEqual([other]);
});
