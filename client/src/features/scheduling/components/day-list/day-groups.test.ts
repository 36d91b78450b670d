import { expect, it } from 'vitest';
import { anAppointmentAt } from '../board/board-test-support.ts';
import { groupDay } from './day-groups.ts';

it('is read by specialist and by time, without what waits for a slot', () => {
  const late = anAppointmentAt('1', 'p', '11:00');
  const early = anAppointmentAt('2', 'p', '09:00');
  const other = anAppointmentAt('3', 'a', '08:00');
  const waiting = { ...anAppointmentAt('4', 'a', '08:00'), startsAt: null, practitioners: [] };
  const groups = groupDay([late, waiting, other, early], (code) => code);
  expect(groups.map(({ key, appointments }) => [key, appointments.map(({ id }) => id)])).toEqual([
    ['a', ['3']],
    ['p', ['2', '1']],
  ]);
});
