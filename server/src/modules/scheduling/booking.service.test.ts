import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';
import { rerunning } from '../../../test/rerunning-store.ts';
import {
  at,
  createScheduleDesk,
  MONDAY,
  newAppointmentId,
  operationId,
  refusal,
  TUESDAY,
  weekly,
} from '../../../test/schedule-desk.ts';
import { createTestStore } from '../../../test/template-database.ts';

describe('booking', () => {
  it('takes specialist, patient and camera, and brings the request along', async () => {
    const desk = await createScheduleDesk();
    const appointment = await desk.book(TUESDAY, '09:20');
    expect(appointment).toMatchObject({
      status: 'booked',
      requestStatus: 'booked',
      startsAt: at(TUESDAY, '09:20'),
      endsAt: at(TUESDAY, '09:40'),
      service: 'cardiology-video',
      practitioners: [{ id: desk.world.cardio.practitionerId }],
      patient: { shortName: 'Жақсыбекова Г. Ә.' },
      // Two weeks from the request.
      treatBy: '2026-12-04T05:00:00.000Z',
    });
    expect(desk.claims().map(({ kind, resourceId }) => `${kind} ${resourceId}`)).toEqual([
      `practitioner ${desk.world.cardio.practitionerId}`,
      `patient ${desk.world.patient}`,
      `station ${desk.world.station}`,
    ]);
    expect(desk.rows('select action from audit_event order by seq')).toEqual([
      { action: 'appointment.create' },
      { action: 'appointment.book' },
      { action: 'consultation.book' },
    ]);
    const published = await desk.takePublished();
    expect(published.map(([name]) => name)).toEqual(['consultation:changed', 'schedule:changed', 'waitlist:changed']);
    expect(published[1]?.[1]).toMatchObject({ days: [TUESDAY], appointmentIds: [appointment.id] });
  });

  it('gives an answer in writing to its specialist, and takes it back with the slot', async () => {
    const desk = await createScheduleDesk();
    const { practitionerId } = desk.world.cardio;
    await desk.addTemplate(
      weekly(practitionerId, 'cardiology-async', {
        mode: 'async',
        startMinute: 14 * 60,
        endMinute: 15 * 60,
        slotMinutes: 5,
      }),
    );
    const booked = await desk.book(TUESDAY, '14:05');
    expect(booked).toMatchObject({ status: 'booked', mode: 'async', requestStatus: 'async_assigned' });
    // Nobody has to come: neither the patient nor the camera is taken.
    expect(desk.claims().map(({ kind }) => kind)).toEqual(['practitioner']);
    const [entry] = await desk.dayLists.list(desk.feldsher, { day: TUESDAY });
    expect(entry).toMatchObject({ missing: ['consent', 'vitals'], next: [] });
    const place = { practitionerId, alsoPractitionerIds: [], holdId: null, mayOverbook: false };
    const move = async (time: string, version: number) => {
      const { appointments } = await desk.bookings.move(desk.feldsher, booked.id, {
        ...place,
        operationId: operationId(),
        version,
        startsAt: at(TUESDAY, time),
      });
      return appointments[0];
    };
    const talk = await move('09:00', booked.version);
    expect(talk).toMatchObject({ mode: 'video', requestStatus: 'booked' });
    const again = await move('14:10', talk?.version ?? 0);
    expect(again).toMatchObject({ mode: 'async', requestStatus: 'async_assigned' });
    const { appointments } = await desk.appointments.cancel(desk.feldsher, booked.id, {
      operationId: operationId(),
      version: again?.version ?? 0,
      reason: 'no_longer_needed',
      note: '',
    });
    expect(appointments[0]).toMatchObject({ status: 'cancelled', requestStatus: 'accepted' });
  });

  it('has one winner per slot', async () => {
    const desk = await createScheduleDesk();
    const patients = await Promise.all([1, 2, 3, 4].map(() => createPatient(desk.store, desk.world.otherStation)));
    const outcomes = await Promise.allSettled(
      patients.map((patientId) =>
        desk.book(TUESDAY, '10:00', { request: { patientId, stationId: desk.world.otherStation } }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(reasons).toEqual([1, 2, 3].map(() => refusal('slot.taken')));
    expect(desk.claims()).toHaveLength(3);
  });

  it('never has a patient or a camera in two places', async () => {
    const desk = await createScheduleDesk();
    const twin = desk.world.cardioTwin.practitionerId;
    await desk.book(TUESDAY, '10:00');
    await expect(desk.book(TUESDAY, '10:00', { who: twin })).rejects.toEqual(
      refusal('appointment.person_busy', 'taken'),
    );
    const neighbour = await createPatient(desk.store, desk.world.station);
    await expect(desk.book(TUESDAY, '10:00', { who: twin, request: { patientId: neighbour } })).rejects.toMatchObject({
      code: 'appointment.person_busy',
      fields: [{ path: 'stationId', code: 'taken' }],
    });
    const seen = await desk.kits.getKit(desk.admin, desk.world.station);
    await desk.kits.saveKit(desk.admin, desk.world.station, { cameras: 2, equipment: [], seen });
    await expect(desk.book(TUESDAY, '10:00', { who: twin, request: { patientId: neighbour } })).resolves.toMatchObject({
      status: 'booked',
    });
  });

  it('keeps nothing of a refused attempt', async () => {
    const desk = await createScheduleDesk();
    await desk.book(TUESDAY, '10:00');
    const requestId = await desk.request();
    const before = dumpTables(desk.raw);
    await expect(desk.book(TUESDAY, '10:00', { requestId })).rejects.toEqual(refusal('slot.taken'));
    expect(dumpTables(desk.raw)).toEqual(before);
  });

  it.each<[string, CalendarDate, string, string, string | undefined]>([
    ['a slot that has begun', MONDAY, '08:40', 'slot.past', 'in_the_past'],
    ['a minute no slot begins at', TUESDAY, '09:10', 'slot.unavailable', 'off_grid'],
    ['an hour without work', TUESDAY, '14:00', 'slot.unavailable', 'outside_roster'],
    ['a holiday', '2026-12-16' as CalendarDate, '09:00', 'slot.unavailable', 'day_off'],
    ['a Sunday', '2026-11-29' as CalendarDate, '09:00', 'slot.unavailable', 'outside_roster'],
  ])('refuses %s', async (_name, day, time, code, field) => {
    const desk = await createScheduleDesk();
    await expect(desk.book(day, time)).rejects.toEqual(refusal(code, field));
  });

  it('refuses a retired service, another specialty, an emergency without a card, a second appointment', async () => {
    const desk = await createScheduleDesk();
    await expect(desk.book(TUESDAY, '09:00', { request: { specialty: desk.world.neurology } })).rejects.toEqual(
      refusal('service.differs'),
    );
    await expect(desk.book(TUESDAY, '09:00', { request: { patientId: null, urgency: 'stat' } })).rejects.toEqual(
      refusal('appointment.patient_required'),
    );
    const { requestId } = await desk.book(TUESDAY, '09:00');
    await expect(desk.book(TUESDAY, '09:20', { requestId })).rejects.toEqual(refusal('appointment.already_booked'));
    await desk.addService({
      code: 'cardiology-video',
      specialty: desk.world.cardiology,
      retiredFrom: '2026-11-25' as CalendarDate,
    });
    await expect(desk.book('2026-11-25' as CalendarDate, '09:00')).rejects.toEqual(refusal('service.retired'));
    await expect(desk.book(TUESDAY, '09:40')).resolves.toMatchObject({ status: 'booked' });
  });

  it('answers a foreign request as a missing one', async () => {
    const desk = await createScheduleDesk();
    const requestId = await desk.request();
    await expect(desk.book(TUESDAY, '09:00', { requestId, by: desk.otherFeldsher })).rejects.toEqual(
      refusal('consultation.not_found'),
    );
    desk.raw.exec(`insert into organization_region select organization_id, 'zhambyl' from station limit 1;
      insert into coordinator_region values ('${desk.coordinator.userId}', 'abai')`);
    await expect(desk.book(TUESDAY, '09:00', { requestId })).rejects.toEqual(refusal('consultation.not_found'));
    desk.raw.exec("update coordinator_region set region = 'zhambyl'");
    await expect(desk.book(TUESDAY, '09:00', { requestId })).resolves.toMatchObject({ status: 'booked' });
  });

  it('has one effect however often it is sent, also when the store runs it twice', async () => {
    const desk = await createScheduleDesk({ store: rerunning(await createTestStore()) });
    const input = {
      operationId: operationId(),
      id: newAppointmentId(),
      requestId: await desk.request(),
      ...desk.slot(TUESDAY, '09:00'),
      note: '',
    };
    const first = await desk.bookings.bookSlot(desk.coordinator, input);
    const again = await Promise.all([1, 2, 3].map(() => desk.bookings.bookSlot(desk.coordinator, input)));
    for (const answer of again) expect(answer.receipt).toEqual(first.receipt);
    expect(desk.rows('select id from appointment')).toHaveLength(1);
    expect(desk.claims()).toHaveLength(3);
    await expect(
      desk.bookings.bookSlot(desk.coordinator, { ...input, ...desk.slot(TUESDAY, '09:20') }),
    ).rejects.toEqual(refusal('idempotency.key_reused'));
    await expect(desk.bookings.bookSlot(desk.feldsher, input)).rejects.toEqual(refusal('idempotency.key_reused'));
  });

  it('puts a second one on a taken slot only where the service allows it, and only for a coordinator', async () => {
    const desk = await createScheduleDesk();
    const other = {
      patientId: await createPatient(desk.store, desk.world.otherStation),
      stationId: desk.world.otherStation,
    };
    await desk.book(TUESDAY, '09:00');
    await expect(
      desk.book(TUESDAY, '09:00', { request: other, mayOverbook: true, by: desk.otherFeldsher }),
    ).rejects.toEqual(refusal('slot.taken'));
    await expect(desk.book(TUESDAY, '09:00', { request: other, mayOverbook: true })).resolves.toMatchObject({
      isOverbooked: true,
    });
    const third = await desk.request({
      patientId: await createPatient(desk.store, desk.world.otherStation),
      stationId: desk.world.otherStation,
    });
    await expect(desk.book(TUESDAY, '09:00', { requestId: third, mayOverbook: true })).rejects.toEqual(
      refusal('slot.taken'),
    );
    await expect(
      desk.book(TUESDAY, '09:00', {
        who: desk.world.neuro.practitionerId,
        request: { ...other, specialty: desk.world.neurology },
        mayOverbook: true,
      }),
    ).rejects.toEqual(refusal('appointment.person_busy', 'taken'));
  });

  it('takes every specialist of a consilium or nobody', async () => {
    const desk = await createScheduleDesk();
    const { neuro, cardioTwin, otherStation } = desk.world;
    const patientId = await createPatient(desk.store, otherStation);
    await desk.book(TUESDAY, '09:20', {
      who: neuro.practitionerId,
      request: { specialty: desk.world.neurology, patientId, stationId: otherStation },
    });
    await expect(
      desk.book(TUESDAY, '09:20', { also: [cardioTwin.practitionerId, neuro.practitionerId] }),
    ).rejects.toMatchObject({
      code: 'appointment.person_busy',
      fields: [{ path: `practitionerId:${neuro.practitionerId}`, code: 'taken' }],
    });
    const { practitioners } = await desk.book(TUESDAY, '09:40', {
      also: [cardioTwin.practitionerId, neuro.practitionerId],
    });
    expect(practitioners).toHaveLength(3);
    const twinsPatient = { patientId, stationId: otherStation };
    await expect(
      desk.book(TUESDAY, '09:40', { who: cardioTwin.practitionerId, request: twinsPatient }),
    ).rejects.toEqual(refusal('slot.taken'));
  });
});

describe('a station', () => {
  it('books what the service allows, and a request in triage needs no more for that', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:00', { by: desk.feldsher, request: { status: 'in_triage' } });
    expect(booked).toMatchObject({ status: 'booked', requestStatus: 'booked' });
  });

  it('asks for the rest; the slot is kept until a coordinator confirms', async () => {
    const desk = await createScheduleDesk();
    const options = {
      by: desk.feldsher,
      who: desk.world.neuro.practitionerId,
      request: { specialty: desk.world.neurology },
    };
    const asked = await desk.book(TUESDAY, '09:00', options);
    expect(asked).toMatchObject({ status: 'pending', requestStatus: 'waitlisted', expiresAt: at(TUESDAY, '09:00') });
    const { appointments } = await desk.bookings.confirm(desk.coordinator, asked.id, {
      operationId: operationId(),
      version: asked.version,
    });
    expect(appointments).toMatchObject([{ status: 'booked', requestStatus: 'booked', expiresAt: null }]);
    expect(desk.rows('select expires_at from slot_claim')).toEqual([
      { expires_at: null },
      { expires_at: null },
      { expires_at: null },
    ]);
  });

  it('may not confirm its own question', async () => {
    const desk = await createScheduleDesk();
    const asked = await desk.book(TUESDAY, '09:00', {
      by: desk.feldsher,
      who: desk.world.neuro.practitionerId,
      request: { specialty: desk.world.neurology },
    });
    const input = { operationId: operationId(), version: asked.version };
    await expect(desk.bookings.confirm(desk.feldsher, asked.id, input)).rejects.toEqual(
      refusal('appointment.not_found'),
    );
  });
});

describe('the check before the drop', () => {
  it('says everything at once and changes nothing', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:00');
    const requestId = await desk.request({ createdAt: '2026-11-01T05:00:00.000Z' });
    const before = dumpTables(desk.raw);
    const check = (by = desk.coordinator) =>
      desk.bookings.check(by, { requestId, appointmentId: null, ...desk.slot(TUESDAY, '09:00') });
    const { isPossible, conflicts } = await check();
    expect(isPossible).toBe(false);
    expect(conflicts.map(({ code }) => code)).toEqual(['slot_taken', 'after_treat_by', 'patient_busy', 'station_busy']);
    expect(conflicts[0]).toMatchObject({
      appointmentId: booked.id,
      startsAt: at(TUESDAY, '09:00'),
      severity: 'refuses',
    });
    // A station hears when, not who.
    expect((await check(desk.feldsher)).conflicts.some(({ appointmentId }) => appointmentId !== undefined)).toBe(false);
    expect(dumpTables(desk.raw)).toEqual(before);
  });

  it('warns of a specialist whose licence has ended by that day, and lets it be booked: it may be renewed', async () => {
    const desk = await createScheduleDesk();
    const requestId = await desk.request();
    const check = async () => {
      const place = desk.slot(TUESDAY, '09:00');
      return desk.bookings.check(desk.coordinator, { requestId, appointmentId: null, ...place });
    };
    const licence = desk.raw.prepare(`
      insert into practitioner_licence (id, practitioner_id, number, issuer, valid_from, valid_to, entered_at, entered_by)
      values (?, ?, '1', 'МЗ', '2026-01-01', ?, '2026-01-01T00:00:00.000Z', ?)`);
    const { practitionerId } = desk.slot(TUESDAY, '09:00');
    const enter = (id: string, validTo: string) => licence.run(id, practitionerId, validTo, desk.coordinator.userId);
    expect((await check()).conflicts).toEqual([]);
    enter('ended', addDays(TUESDAY, -1));
    const { isPossible, conflicts } = await check();
    expect(isPossible).toBe(true);
    expect(conflicts).toMatchObject([{ code: 'licence_ends', severity: 'warns', practitionerId }]);
    enter('renewed', TUESDAY);
    expect((await check()).conflicts).toEqual([]);
  });

  it('does not count the appointment that would move against itself', async () => {
    const desk = await createScheduleDesk();
    const { id, requestId } = await desk.book(TUESDAY, '09:00');
    await expect(
      desk.bookings.check(desk.coordinator, { requestId, appointmentId: id, ...desk.slot(TUESDAY, '09:20') }),
    ).resolves.toEqual({ isPossible: true, conflicts: [] });
  });

  it('foretells exactly what booking does', async () => {
    const desk = await createScheduleDesk();
    await desk.book(TUESDAY, '09:00');
    for (const [day, time] of [
      [TUESDAY, '09:00'],
      [TUESDAY, '09:05'],
      [TUESDAY, '15:00'],
      [MONDAY, '08:40'],
      [TUESDAY, '12:40'],
    ] as const) {
      const requestId = await desk.request();
      const { isPossible } = await desk.bookings.check(desk.coordinator, {
        requestId,
        appointmentId: null,
        ...desk.slot(day, time),
      });
      const isBooked = await desk.book(day, time, { requestId }).then(
        () => true,
        () => false,
      );
      expect(isPossible, `${day} ${time}`).toBe(isBooked);
    }
  });
});
