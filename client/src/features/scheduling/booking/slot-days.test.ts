import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { expect, it } from 'vitest';
import { firstFree, slotDays } from './slot-days.ts';

const slot = (
  startsAt: string,
  state: 'free' | 'busy' | 'busy-tentative' = 'free',
  mode: 'video' | 'async' = 'video',
) => ({
  startsAt: startsAt as Instant,
  endsAt: startsAt as Instant,
  mode,
  state,
});
const from = '2026-11-22' as CalendarDate;
const now = new Date('2026-11-22T06:00:00.000Z');

it('puts slots on the day of Kazakhstan, whatever the zone of the computer', () => {
  // 23:59 and 00:00 in Kazakhstan.
  const days = slotDays([slot('2026-11-22T18:59:00.000Z'), slot('2026-11-22T19:00:00.000Z')], {
    from,
    days: 2,
    mode: 'video',
    now,
  });
  expect(days.map(({ day, slots }) => [day, slots.length])).toEqual([
    ['2026-11-22', 1],
    ['2026-11-23', 1],
  ]);
});

it('shows neither what has begun nor the other mode, and keeps empty days', () => {
  const days = slotDays(
    [
      slot('2026-11-22T06:00:00.000Z'),
      slot('2026-11-22T06:20:00.000Z', 'free', 'async'),
      slot('2026-11-23T06:00:00.000Z', 'busy'),
    ],
    { from, days: 3, mode: 'video', now },
  );
  expect(days.map(({ slots, free }) => [slots.length, free])).toEqual([
    [0, 0],
    [1, 0],
    [0, 0],
  ]);
});

it('finds the first free one over days, without those that were refused', () => {
  const days = slotDays(
    [
      slot('2026-11-23T06:00:00.000Z'),
      slot('2026-11-22T07:00:00.000Z', 'busy-tentative'),
      slot('2026-11-22T08:00:00.000Z'),
    ],
    { from, days: 2, mode: 'video', now },
  );
  expect(firstFree(days)?.startsAt).toBe('2026-11-22T08:00:00.000Z');
  expect(firstFree(days, ['2026-11-22T08:00:00.000Z' as Instant])?.startsAt).toBe('2026-11-23T06:00:00.000Z');
  expect(firstFree([])).toBeUndefined();
});
