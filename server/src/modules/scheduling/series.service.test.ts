import type { RequestId, SeriesId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { describe, expect, it } from 'vitest';
import { dumpTables } from '../../../test/raw-database.ts';
import {
  at,
  createScheduleDesk,
  newAppointmentId,
  operationId,
  type ScheduleDesk,
  TUESDAY,
} from '../../../test/schedule-desk.ts';
import { newId } from '../../kernel/ids.ts';

/** Weekly from Tuesday 09:00, six times: 15 December is a Tuesday, the holiday the day after it. */
async function series(desk: ScheduleDesk, count = 6) {
  const requestId = await desk.request();
  return {
    operationId: operationId(),
    seriesId: newId<SeriesId>(),
    requestId,
    practitionerId: desk.world.cardio.practitionerId,
    items: Array.from({ length: count }, (_, index) => ({
      id: newAppointmentId(),
      requestId: index === 0 ? requestId : newId<RequestId>(),
      startsAt: at(addDays(TUESDAY, index * 7), '09:00'),
    })),
  };
}

describe('a series', () => {
  it('is planned with what stands against each date and the nearest slot instead', async () => {
    const desk = await createScheduleDesk();
    await desk.book(addDays(TUESDAY, 7), '09:00', {
      request: { stationId: desk.world.otherStation, patientId: desk.world.otherPatient },
    });
    const wednesday = '2026-12-09' as CalendarDate;
    const plan = await desk.series.plan(desk.coordinator, {
      requestId: await desk.request({ createdAt: '2026-11-23T03:00:00.000Z' }),
      practitionerId: desk.world.cardio.practitionerId,
      startsAt: at(TUESDAY, '09:00'),
      everyWeeks: 1,
      count: 3,
    });
    expect(plan.map(({ startsAt, instead }) => [startsAt, instead])).toEqual([
      [at(TUESDAY, '09:00'), null],
      [at(addDays(TUESDAY, 7), '09:00'), at(addDays(TUESDAY, 7), '09:20')],
      [at(addDays(TUESDAY, 14), '09:00'), null],
    ]);
    expect(plan[2]?.conflicts.map(({ code }) => code)).toEqual(['after_treat_by']);
    // Weekly from a Wednesday the second date is the holiday of 16 December.
    const overHoliday = await desk.series.plan(desk.coordinator, {
      requestId: await desk.request(),
      practitionerId: desk.world.cardio.practitionerId,
      startsAt: at(wednesday, '09:00'),
      everyWeeks: 1,
      count: 2,
    });
    expect(overHoliday[1]).toMatchObject({
      conflicts: [{ code: 'day_off' }, { code: 'after_treat_by' }],
      instead: at(addDays(wednesday, 6), '12:40'),
    });
  });

  it('is booked as a whole; each later date has a request of its own', async () => {
    const desk = await createScheduleDesk();
    const input = await series(desk);
    const { appointments, receipt } = await desk.series.bookSeries(desk.coordinator, input);
    expect(appointments).toHaveLength(6);
    expect(new Set(appointments.map(({ requestNumber }) => requestNumber)).size).toBe(6);
    expect(
      appointments.every(
        ({ status, requestStatus, seriesId }) =>
          status === 'booked' && requestStatus === 'booked' && seriesId === input.seriesId,
      ),
    ).toBe(true);
    await expect(desk.series.bookSeries(desk.coordinator, input)).resolves.toMatchObject({ receipt });
    expect(desk.rows('select id from appointment')).toHaveLength(6);

    await desk.appointments.undo(desk.coordinator, input.operationId);
    expect(desk.claims()).toEqual([]);
    expect(desk.rows('select status, count(*) as n from service_request group by status order by status')).toEqual([
      { status: 'accepted', n: 1 },
      { status: 'cancelled', n: 5 },
    ]);
  });

  it('with one date that cannot be is not booked at all, and says which', async () => {
    const desk = await createScheduleDesk();
    await desk.book(addDays(TUESDAY, 14), '09:00', {
      request: { stationId: desk.world.otherStation, patientId: desk.world.otherPatient },
    });
    const input = await series(desk);
    const before = dumpTables(desk.raw);
    await expect(desk.series.bookSeries(desk.coordinator, input)).rejects.toMatchObject({
      code: 'slot.taken',
      fields: [{ path: 'items.2', code: 'refused' }],
    });
    expect(dumpTables(desk.raw)).toEqual(before);
  });
});
