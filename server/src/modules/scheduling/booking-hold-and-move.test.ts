import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';
import {
  at,
  createScheduleDesk,
  MONDAY,
  newAppointmentId,
  newHoldId,
  newRosterEntryId,
  operationId,
  refusal,
  TUESDAY,
} from '../../../test/schedule-desk.ts';

describe('a place that was shared', () => {
  const other = async (desk: Awaited<ReturnType<typeof createScheduleDesk>>, name = 'Б') => ({
    patientId: await createPatient(desk.store, desk.world.otherStation, { familyName: name }),
    stationId: desk.world.otherStation,
  });

  /** Two on one slot, of whom the first has left. */
  async function createLeftAlone() {
    const desk = await createScheduleDesk();
    const first = await desk.book(TUESDAY, '09:00');
    const second = await desk.book(TUESDAY, '09:00', { request: await other(desk), mayOverbook: true });
    const operation = operationId();
    await desk.appointments.cancel(desk.coordinator, first.id, {
      operationId: operation,
      version: first.version,
      reason: 'patient_asked',
      note: '',
    });
    return { desk, first, second, operation };
  }

  it('is no free slot while the other one is there: not to book, to hold, or for a consilium', async () => {
    const { desk } = await createLeftAlone();
    const { cardio, cardioTwin } = desk.world;
    await expect(desk.book(TUESDAY, '09:00')).rejects.toEqual(refusal('slot.taken'));
    await expect(desk.book(TUESDAY, '09:00', { by: desk.feldsher })).rejects.toEqual(refusal('slot.taken'));
    await expect(desk.bookings.hold(desk.coordinator, newHoldId(), desk.slot(TUESDAY, '09:00'))).rejects.toEqual(
      refusal('slot.taken'),
    );
    await expect(
      desk.book(TUESDAY, '09:00', { who: cardioTwin.practitionerId, also: [cardio.practitionerId] }),
    ).rejects.toEqual(refusal('appointment.person_busy'));
    // The coordinator may put somebody there, as before.
    await expect(desk.book(TUESDAY, '09:00', { mayOverbook: true })).resolves.toMatchObject({ status: 'booked' });
  });

  it('is still there for the first to come back to', async () => {
    const { desk, first, operation } = await createLeftAlone();
    const { appointments } = await desk.appointments.undo(desk.coordinator, operation);
    expect(appointments).toMatchObject([{ id: first.id, status: 'booked', isOverbooked: false }]);
  });

  it('is no overbooked one any more for who comes back to it alone', async () => {
    const { desk, second } = await createLeftAlone();
    const move = { operationId: operationId(), version: second.version, ...desk.slot(TUESDAY, '11:00') };
    await desk.bookings.move(desk.coordinator, second.id, move);
    const { appointments } = await desk.appointments.undo(desk.coordinator, move.operationId);
    expect(appointments).toMatchObject([{ startsAt: at(TUESDAY, '09:00'), isOverbooked: false }]);
    expect(desk.rows('select distinct lane from slot_claim')).toEqual([{ lane: 0 }]);
  });

  it('of two cameras is none when one is left and somebody sits at it', async () => {
    const desk = await createScheduleDesk();
    const { store, world } = desk;
    const station = { stationId: world.station };
    const kit = async (cameras: number) => {
      const seen = await desk.kits.getKit(desk.admin, world.station);
      await desk.kits.saveKit(desk.admin, world.station, { cameras, equipment: [], seen });
    };
    const patient = () => createPatient(store, world.station);
    await kit(2);
    const first = await desk.book(TUESDAY, '09:00', { request: { ...station, patientId: await patient() } });
    const who = world.cardioTwin.practitionerId;
    await desk.book(TUESDAY, '09:00', { who, request: { ...station, patientId: await patient() } });
    await kit(1);
    await desk.appointments.cancel(desk.coordinator, first.id, {
      operationId: operationId(),
      version: first.version,
      reason: 'other',
      note: '',
    });
    const third = { request: { ...station, patientId: await patient() } };
    await expect(desk.book(TUESDAY, '09:00', third)).rejects.toEqual(refusal('appointment.person_busy', 'taken'));
    await kit(2);
    await expect(desk.book(TUESDAY, '09:00', third)).resolves.toMatchObject({ status: 'booked' });
  });
});

describe('a hold', () => {
  it('keeps the slot from others, not from its owner, and ends with the booking', async () => {
    const desk = await createScheduleDesk();
    const holdId = newHoldId();
    const slot = desk.slot(TUESDAY, '09:00');
    await expect(desk.bookings.hold(desk.feldsher, holdId, slot)).resolves.toMatchObject({
      expiresAt: '2026-11-23T04:02:00.000Z',
    });
    await expect(desk.book(TUESDAY, '09:00')).rejects.toEqual(refusal('slot.held'));
    await expect(desk.bookings.hold(desk.coordinator, newHoldId(), slot)).rejects.toEqual(refusal('slot.held'));
    await expect(desk.bookings.hold(desk.coordinator, holdId, slot)).rejects.toEqual(refusal('idempotency.key_reused'));
    await desk.bookings.bookSlot(desk.feldsher, {
      operationId: operationId(),
      id: newAppointmentId(),
      requestId: await desk.request(),
      ...slot,
      holdId,
      note: '',
    });
    expect(desk.rows('select id from slot_hold')).toEqual([]);
    expect(desk.claims()).toHaveLength(3);
  });

  it('moves with its owner, is prolonged, and let go', async () => {
    const desk = await createScheduleDesk();
    const holdId = newHoldId();
    await desk.bookings.hold(desk.feldsher, holdId, desk.slot(TUESDAY, '09:00'));
    desk.clock.advance({ seconds: 60 });
    await expect(desk.bookings.hold(desk.feldsher, holdId, desk.slot(TUESDAY, '09:20'))).resolves.toMatchObject({
      expiresAt: '2026-11-23T04:03:00.000Z',
    });
    expect(desk.claims()).toMatchObject([{ startsAt: at(TUESDAY, '09:20') }]);
    await desk.bookings.release(desk.coordinator, holdId);
    expect(desk.claims()).toHaveLength(1);
    await desk.bookings.release(desk.feldsher, holdId);
    await desk.bookings.release(desk.feldsher, holdId);
    expect(desk.claims()).toEqual([]);
  });

  it('that expired gives way to others, without any clock having run', async () => {
    const desk = await createScheduleDesk();
    const holdId = newHoldId();
    await desk.bookings.hold(desk.feldsher, holdId, desk.slot(TUESDAY, '09:00'));
    desk.clock.advance({ seconds: 120 });
    await desk.book(TUESDAY, '09:00');
    const late = { operationId: operationId(), id: newAppointmentId(), requestId: await desk.request(), note: '' };
    await expect(
      desk.bookings.bookSlot(desk.feldsher, { ...late, ...desk.slot(TUESDAY, '09:00'), holdId }),
    ).rejects.toEqual(refusal('hold.expired'));
  });

  it('that expired while the form was open books all the same when nobody came', async () => {
    const desk = await createScheduleDesk();
    const holdId = newHoldId();
    await desk.bookings.hold(desk.feldsher, holdId, desk.slot(TUESDAY, '09:00'));
    desk.clock.advance({ seconds: 600 });
    const input = { operationId: operationId(), id: newAppointmentId(), requestId: await desk.request(), note: '' };
    await expect(
      desk.bookings.bookSlot(desk.feldsher, { ...input, ...desk.slot(TUESDAY, '09:00'), holdId }),
    ).resolves.toMatchObject({ appointments: [{ status: 'booked' }] });
  });

  it.each([3600, -3600])('makes no wrong slot when the server’s clock steps by %i s', async (step) => {
    const desk = await createScheduleDesk();
    await desk.bookings.hold(desk.feldsher, newHoldId(), desk.slot(TUESDAY, '09:00'));
    const booked = await desk.book(TUESDAY, '09:20');
    desk.clock.advance({ seconds: step });
    const outcome = await desk
      .book(TUESDAY, '09:00', { request: { patientId: await createPatient(desk.store, desk.world.station) } })
      .then(
        () => 'booked',
        (error: { code: string }) => error.code,
      );
    // Forward, the hold has run out; backward, it counts for an hour more. Nobody is ever in two places.
    expect(outcome).toBe(step > 0 ? 'booked' : 'slot.held');
    await expect(desk.appointments.getAppointment(desk.coordinator, booked.id)).resolves.toMatchObject({
      startsAt: at(TUESDAY, '09:20'),
    });
    const starts = desk
      .claims()
      .filter(({ kind }) => kind === 'practitioner')
      .map(({ startsAt }) => startsAt);
    expect(new Set(starts).size).toBe(starts.length);
  });
});

describe('moving', () => {
  it('to another specialist after the check-in takes the request along, and so does taking it back', async () => {
    const desk = await createScheduleDesk();
    const { cardio, cardioTwin } = desk.world;
    const booked = await desk.book(TUESDAY, '09:20');
    const { appointments } = await desk.appointments.checkIn(desk.feldsher, booked.id, {
      operationId: operationId(),
      version: booked.version,
    });
    const requests = () => desk.rows('select status, practitioner_id from service_request');
    const version = appointments[0]?.version ?? 0;
    const move = { operationId: operationId(), version, ...desk.slot(TUESDAY, '10:00', cardioTwin.practitionerId) };
    await desk.bookings.move(desk.coordinator, booked.id, move);
    expect(requests()).toEqual([{ status: 'booked', practitioner_id: cardioTwin.practitionerId }]);
    await desk.appointments.undo(desk.coordinator, move.operationId);
    expect(requests()).toEqual([{ status: 'checked_in', practitioner_id: cardio.practitionerId }]);
  });

  it('takes the new time and gives the old one back', async () => {
    const desk = await createScheduleDesk();
    const { id, version } = await desk.book(TUESDAY, '09:00');
    const { appointments } = await desk.bookings.move(desk.coordinator, id, {
      operationId: operationId(),
      version,
      ...desk.slot(TUESDAY, '11:00', desk.world.cardioTwin.practitionerId),
    });
    expect(appointments).toMatchObject([
      {
        startsAt: at(TUESDAY, '11:00'),
        practitioners: [{ id: desk.world.cardioTwin.practitionerId }],
        version: version + 1,
      },
    ]);
    expect(desk.rows('select practitioner_id as id from service_request')).toEqual([
      { id: desk.world.cardioTwin.practitionerId },
    ]);
    await expect(desk.book(TUESDAY, '09:00')).resolves.toMatchObject({ status: 'booked' });
  });

  it('onto a taken slot changes nothing', async () => {
    const desk = await createScheduleDesk();
    const other = {
      patientId: await createPatient(desk.store, desk.world.otherStation),
      stationId: desk.world.otherStation,
    };
    await desk.book(TUESDAY, '11:00', { request: other });
    const { id, version } = await desk.book(TUESDAY, '09:00');
    const before = dumpTables(desk.raw);
    const move = { operationId: operationId(), version, ...desk.slot(TUESDAY, '11:00') };
    await expect(desk.bookings.move(desk.coordinator, id, move)).rejects.toEqual(refusal('slot.taken'));
    expect(dumpTables(desk.raw)).toEqual(before);
  });

  it.each([
    ['a leave', 'on_leave', TUESDAY, '11:00'],
    ['a public holiday', 'day_off', '2026-12-16' as CalendarDate, '09:00'],
    ['a time that has begun', 'in_the_past', MONDAY, '08:40'],
  ])('onto %s is explained and changes nothing', async (_name, why, day, time) => {
    const desk = await createScheduleDesk();
    const { id, version } = await desk.book(TUESDAY, '09:00');
    await desk.rosterExceptions.saveClosure(desk.coordinator, desk.world.cardio.practitionerId, {
      operationId: operationId(),
      id: newRosterEntryId(),
      startsAt: at(TUESDAY, '10:40'),
      endsAt: at(TUESDAY, '12:00'),
      reason: 'training',
      substituteId: null,
      note: '',
      decisions: [],
    });
    const before = dumpTables(desk.raw);
    const move = { operationId: operationId(), version, ...desk.slot(day, time) };
    const code = why === 'in_the_past' ? 'slot.past' : 'slot.unavailable';
    await expect(desk.bookings.move(desk.coordinator, id, move)).rejects.toEqual(refusal(code, why));
    expect(dumpTables(desk.raw)).toEqual(before);
  });

  it('is not for a coordinator of another oblast, who is told that there is no such appointment', async () => {
    const desk = await createScheduleDesk();
    const { id, version } = await desk.book(TUESDAY, '09:00');
    desk.raw.exec(`insert into organization_region select organization_id, 'zhambyl' from station limit 1;
      insert into coordinator_region values ('${desk.coordinator.userId}', 'abai')`);
    const move = { operationId: operationId(), version, ...desk.slot(TUESDAY, '11:00') };
    await expect(desk.bookings.move(desk.coordinator, id, move)).rejects.toEqual(refusal('appointment.not_found'));
    const cancel = { operationId: operationId(), version, reason: 'specialist_away' as const, note: '' };
    await expect(desk.appointments.cancel(desk.coordinator, id, cancel)).rejects.toEqual(
      refusal('appointment.not_found'),
    );
  });

  it('by two coordinators at once has one winner, the other is told to look', async () => {
    const desk = await createScheduleDesk();
    const { id, version } = await desk.book(TUESDAY, '09:00');
    const moves = ['10:00', '11:00'].map((time) =>
      desk.bookings.move(desk.coordinator, id, { operationId: operationId(), version, ...desk.slot(TUESDAY, time) }),
    );
    const outcomes = await Promise.allSettled(moves);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'appointment.version_conflict' },
    });
  });
});
