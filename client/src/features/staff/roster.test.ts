import type { OnCallShift } from '@jaqyn/shared/staff/staff.contract';
import { expect, it } from 'vitest';
import { dayAround, groupBySpecialty } from './roster.ts';

it('the day is the one of Kazakhstan', () => {
  const { from, to } = dayAround(Date.parse('2026-11-21T19:30:00.000Z'));
  expect([new Date(from).toISOString(), new Date(to).toISOString()]).toEqual([
    '2026-11-21T19:00:00.000Z',
    '2026-11-22T19:00:00.000Z',
  ]);
});

it('who is on call now stands first, then by rank', () => {
  const shift = (displayName: string, specialty: string, rank: number, from: string, to: string) =>
    ({
      displayName,
      specialty,
      rank,
      startsAt: `2026-11-22T${from}:00.000Z`,
      endsAt: `2026-11-22T${to}:00.000Z`,
    }) as OnCallShift;
  const groups = groupBySpecialty(
    [
      shift('later', 'cardiology', 1, '12:00', '18:00'),
      shift('second', 'cardiology', 2, '03:00', '12:00'),
      shift('first', 'cardiology', 1, '03:00', '12:00'),
      shift('over', 'neurology', 1, '00:00', '04:00'),
      shift('alone', 'neurology', 1, '03:00', '12:00'),
    ],
    Date.parse('2026-11-22T05:00:00.000Z'),
  );
  expect([...groups].map(([code, list]) => [code, list.map((one) => one.displayName)])).toEqual([
    ['cardiology', ['first', 'second', 'later']],
    ['neurology', ['alone']],
  ]);
});
