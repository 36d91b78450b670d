import { fromMinute } from '@jaqyn/shared/scheduling/local-day';
import { describe, expect, it } from 'vitest';
import { anAppointmentAt, at } from './board-test-support.ts';
import { clockOf, lateCheckIns, overdueOf } from './wall-model.ts';

const NOW = at('10:00');

describe('the wall', () => {
  it('lists who waits past the date, the longest first, and nobody who has time', () => {
    const entry = (id: string, treatBy: string) =>
      ({ appointment: anAppointmentAt(id, 'p', '09:00', { treatBy: fromMinute(at(treatBy)) }) }) as Parameters<
        typeof overdueOf
      >[0][number];
    const late = overdueOf([entry('a', '09:50'), entry('b', '10:00'), entry('c', '08:00')], NOW);
    expect(late.map(({ appointment, minutes }) => [appointment.id, minutes])).toEqual([
      ['c', 120],
      ['a', 10],
    ]);
  });

  it('lists who should be at the station from ten minutes before, once each, until they are', () => {
    const list = [
      anAppointmentAt('a', 'p', '10:10'),
      anAppointmentAt('a', 'q', '10:10'),
      anAppointmentAt('b', 'p', '10:11'),
      anAppointmentAt('c', 'p', '09:40'),
      anAppointmentAt('d', 'p', '09:40', { status: 'checked-in' }),
    ];
    expect(lateCheckIns(list, NOW).map(({ appointment, minutes }) => [appointment.id, minutes])).toEqual([
      ['c', 20],
      ['a', -10],
    ]);
  });

  it('writes minutes, hours and days', () => {
    expect([clockOf(5), clockOf(59), clockOf(60), clockOf(2879), clockOf(2880)].map(({ text }) => text)).toEqual([
      '5',
      '59',
      '1:00',
      '47:59',
      '2',
    ]);
  });
});
