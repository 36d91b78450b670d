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
  weekly,
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

  it('of cases in writing is planned and booked among their slots, and each has a life of its own', async () => {
    const desk = await createScheduleDesk();
    const who = desk.world.cardio.practitionerId;
    const window = { mode: 'async', startMinute: 14 * 60, endMinute: 15 * 60, slotMinutes: 5 } as const;
    await desk.addTemplate(weekly(who, 'cardiology-async', window));
    await desk.book(addDays(TUESDAY, 7), '14:00', {
      request: { stationId: desk.world.otherStation, patientId: desk.world.otherPatient },
    });
    const input = await series(desk, 3);
    // What a call of the source left behind is not the later dates'.
    desk.raw.prepare('update service_request set call_attempt = 2, paused_seconds = 600, is_planned = 0').run();
    const startsAt = at(TUESDAY, '14:00');
    const plan = await desk.series.plan(desk.coordinator, { ...input, startsAt, everyWeeks: 1, count: 3 });
    expect(plan.map(({ instead }) => instead)).toEqual([null, at(addDays(TUESDAY, 7), '14:05'), null]);

    const items = input.items.map((item, index) => ({
      ...item,
      startsAt: plan[index]?.instead ?? plan[index]?.startsAt ?? startsAt,
    }));
    const { appointments } = await desk.series.bookSeries(desk.coordinator, { ...input, items });
    expect(appointments.map(({ mode, requestStatus }) => `${mode} ${requestStatus}`)).toEqual(
      Array(3).fill('async async_assigned'),
    );
    const later = desk.rows(
      `select r.status, r.call_attempt, r.paused_seconds, r.is_planned, r.practitioner_id from service_request r
       where r.id in ('${input.items[1]?.requestId}', '${input.items[2]?.requestId}')`,
    );
    const own = { status: 'async_assigned', call_attempt: 0, paused_seconds: 0, is_planned: 1, practitioner_id: who };
    expect(later).toEqual([own, own]);
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
