import type { RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { Decision } from '@jaqyn/shared/scheduling/roster.contract';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';
import {
  at,
  createScheduleDesk,
  MONDAY,
  newAppointmentId,
  operationId,
  type ScheduleDesk,
  TUESDAY,
} from '../../../test/schedule-desk.ts';
import { newId } from '../../kernel/ids.ts';

const refusal = (code: string) => expect.objectContaining({ code });

function onVersion({ version }: { version: number }) {
  return { operationId: operationId(), version };
}

async function somebodyElse(desk: ScheduleDesk) {
  const { otherStation: stationId } = desk.world;
  return { patientId: await createPatient(desk.store, stationId), stationId };
}

describe('the day of an appointment', () => {
  it('goes from the door to the call, and the request with it', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(MONDAY, '09:20');
    const { appointments: arrived } = await desk.appointments.arrive(desk.feldsher, booked.id, onVersion(booked));
    expect(arrived).toMatchObject([{ status: 'arrived', requestStatus: 'booked' }]);
    const { appointments: ready } = await desk.appointments.checkIn(desk.feldsher, booked.id, onVersion(arrived[0]!));
    expect(ready).toMatchObject([{ status: 'checked-in', requestStatus: 'checked_in' }]);
    const { appointments: on } = await desk.appointments.start(desk.cardio, booked.id, onVersion(ready[0]!));
    expect(on).toMatchObject([{ status: 'checked-in', requestStatus: 'in_call' }]);
    // The station clicks as well, on what it saw before.
    await expect(desk.appointments.start(desk.feldsher, booked.id, onVersion(ready[0]!))).resolves.toMatchObject({
      appointments: [{ requestStatus: 'in_call' }],
    });
    expect(desk.rows('select answered_at, practitioner_id from service_request')).toEqual([
      { answered_at: '2026-11-23T04:00:00.000Z', practitioner_id: desk.world.cardio.practitionerId },
    ]);
  });

  it('lets every specialist of a consilium into the call when it begins, once, and tells them', async () => {
    const desk = await createScheduleDesk();
    const { neuro, cardioTwin } = desk.world;
    const also = [neuro.practitionerId, cardioTwin.practitionerId];
    const booked = await desk.book(MONDAY, '09:20', { also });
    const { requestId } = booked;
    const { appointments } = await desk.appointments.checkIn(desk.feldsher, booked.id, onVersion(booked));
    expect(await desk.participants.listInvitations(neuro.actor)).toEqual([]);
    await desk.appointments.start(desk.cardio, booked.id, onVersion(appointments[0]!));

    const parts = await desk.participants.list(desk.cardio, requestId);
    expect(parts.map(({ userId, type, invitedBy }) => ({ userId, type, invitedBy }))).toEqual(
      [neuro, cardioTwin]
        .map(({ actor }) => ({ userId: actor.userId, type: 'consultant', invitedBy: null }))
        .sort((a, b) => (a.userId < b.userId ? -1 : 1)),
    );
    expect(await desk.consultations.authorizeRoom(neuro.actor, requestId)).toEqual({ side: 'consultant' });
    expect(await desk.consultations.authorizeRoom(desk.cardio, requestId)).toEqual({ side: 'specialist' });
    expect(desk.rows("select recipient_id from notice where kind = 'call_invited' order by recipient_id")).toEqual(
      [neuro, cardioTwin]
        .map(({ actor }) => ({ recipient_id: actor.userId }))
        .sort((a, b) => (a.recipient_id < b.recipient_id ? -1 : 1)),
    );

    // Sent out, and not let in again by a line that broke off.
    const one = parts.find(({ userId }) => userId === neuro.actor.userId);
    await desk.participants.remove(desk.cardio, requestId, one!.id);
    await desk.calling.roomPresenceChanged(requestId, false);
    await desk.calling.roomPresenceChanged(requestId, true);
    expect(await desk.participants.list(desk.cardio, requestId)).toHaveLength(1);
  });

  it('does not begin before the check-in, nor beside another call', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(MONDAY, '09:20');
    await expect(desk.appointments.start(desk.cardio, booked.id, onVersion(booked))).rejects.toEqual(
      refusal('appointment.state_conflict'),
    );
    const { appointments } = await desk.appointments.checkIn(desk.feldsher, booked.id, onVersion(booked));
    const running = await desk.request({ ...(await somebodyElse(desk)), status: 'accepted' });
    desk.raw
      .prepare("update service_request set status = 'in_call', practitioner_id = ? where id = ?")
      .run(desk.world.cardio.practitionerId, running);
    await expect(desk.appointments.start(desk.cardio, booked.id, onVersion(appointments[0]!))).rejects.toEqual(
      refusal('consultation.specialist_busy'),
    );
  });

  it('is nobody else’s', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(MONDAY, '09:20');
    for (const actor of [desk.otherFeldsher, desk.world.neuro.actor, desk.admin]) {
      await expect(desk.appointments.getAppointment(actor, booked.id)).rejects.toEqual(
        refusal('appointment.not_found'),
      );
      await expect(desk.appointments.arrive(actor, booked.id, onVersion(booked))).rejects.toEqual(
        refusal('appointment.not_found'),
      );
    }
    for (const actor of [desk.feldsher, desk.cardio, desk.coordinator]) {
      await expect(desk.appointments.getAppointment(actor, booked.id)).resolves.toMatchObject({ id: booked.id });
    }
    await expect(desk.appointments.listOfPatient(desk.feldsher, desk.world.patient)).resolves.toHaveLength(1);
    await expect(desk.appointments.listOfPatient(desk.otherFeldsher, desk.world.patient)).resolves.toEqual([]);
  });
});

describe('cancelling', () => {
  it('gives the slot back and the request to the coordinator', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    const { appointments } = await desk.appointments.cancel(desk.feldsher, booked.id, {
      ...onVersion(booked),
      reason: 'patient_asked',
      note: '',
    });
    expect(appointments).toMatchObject([
      { status: 'cancelled', cancelReason: 'patient_asked', requestStatus: 'accepted' },
    ]);
    expect(desk.claims()).toEqual([]);
    expect(desk.rows('select practitioner_id from service_request')).toEqual([{ practitioner_id: null }]);
    await expect(desk.book(TUESDAY, '09:20', { requestId: booked.requestId })).resolves.toMatchObject({
      status: 'booked',
    });
  });

  it('has one effect, and a second one is told', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    const input = { ...onVersion(booked), reason: 'other' as const, note: '' };
    const first = await desk.appointments.cancel(desk.coordinator, booked.id, input);
    await expect(desk.appointments.cancel(desk.coordinator, booked.id, input)).resolves.toEqual(first);
    await expect(
      desk.appointments.cancel(desk.coordinator, booked.id, { ...input, operationId: operationId() }),
    ).rejects.toEqual(refusal('appointment.version_conflict'));
  });
});

describe('a no-show', () => {
  it('has a cause, frees the slot, and is rebooked in one action', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(MONDAY, '09:20');
    await expect(
      desk.appointments.miss(desk.coordinator, booked.id, { ...onVersion(booked), cause: 'network', note: '' }),
    ).rejects.toEqual(refusal('appointment.state_conflict'));
    desk.clock.advance({ seconds: 25 * 60 });
    const { appointments: missed } = await desk.appointments.miss(desk.cardio, booked.id, {
      ...onVersion(booked),
      cause: 'network',
      note: 'VSAT',
    });
    expect(missed).toMatchObject([
      { status: 'noshow', noShowCause: 'network', requestStatus: 'no_show', startsAt: at(MONDAY, '09:20') },
    ]);
    expect(desk.claims()).toEqual([]);

    const id = newAppointmentId();
    const rebook = { ...onVersion(missed[0]!), id, ...desk.slot(TUESDAY, '10:00') };
    const { appointments, receipt } = await desk.appointments.rebook(desk.coordinator, booked.id, rebook);
    expect(appointments).toMatchObject([
      { id, status: 'booked', requestStatus: 'booked' },
      { id: booked.id, status: 'noshow', replacedById: id },
    ]);
    await expect(desk.appointments.rebook(desk.coordinator, booked.id, rebook)).resolves.toMatchObject({ receipt });
    await desk.appointments.undo(desk.coordinator, rebook.operationId);
    await expect(desk.appointments.getAppointment(desk.coordinator, booked.id)).resolves.toMatchObject({
      replacedById: null,
      requestStatus: 'no_show',
    });
  });
});

it('is not rebooked by a station that may only ask for the service', async () => {
  const desk = await createScheduleDesk();
  const { neuro, neurology } = desk.world;
  const booked = await desk.book(MONDAY, '09:00', {
    who: neuro.practitionerId,
    request: { specialty: neurology },
  });
  desk.clock.advance({ seconds: 3600 });
  const { appointments: missed } = await desk.appointments.miss(desk.feldsher, booked.id, {
    ...onVersion(booked),
    cause: 'station',
    note: '',
  });
  const rebook = () => ({
    ...onVersion(missed[0]!),
    id: newAppointmentId(),
    ...desk.slot(TUESDAY, '10:00', neuro.practitionerId),
  });
  await expect(desk.appointments.rebook(desk.feldsher, booked.id, rebook())).rejects.toMatchObject({
    code: 'slot.unavailable',
    fields: [{ path: 'startsAt', code: 'needs_confirmation' }],
  });
  await expect(desk.appointments.rebook(desk.coordinator, booked.id, rebook())).resolves.toBeDefined();
});

describe('undo within ten seconds', () => {
  /** Every kind of change, made on a booked appointment of Monday 09:20; answers the operation. */
  const CHANGES = {
    async move(desk: ScheduleDesk, booked: Awaited<ReturnType<ScheduleDesk['book']>>) {
      return desk.bookings.move(desk.coordinator, booked.id, {
        ...onVersion(booked),
        ...desk.slot(TUESDAY, '11:00', desk.world.cardioTwin.practitionerId),
      });
    },
    async cancel(desk: ScheduleDesk, booked: Awaited<ReturnType<ScheduleDesk['book']>>) {
      return desk.appointments.cancel(desk.coordinator, booked.id, { ...onVersion(booked), reason: 'other', note: '' });
    },
    async miss(desk: ScheduleDesk, booked: Awaited<ReturnType<ScheduleDesk['book']>>) {
      desk.clock.advance({ seconds: 30 * 60 });
      return desk.appointments.miss(desk.coordinator, booked.id, { ...onVersion(booked), cause: 'patient', note: '' });
    },
    async 'put back'(desk: ScheduleDesk, booked: Awaited<ReturnType<ScheduleDesk['book']>>) {
      return desk.waitlist.putBack(desk.coordinator, booked.id, onVersion(booked));
    },
  };

  it.each(Object.keys(CHANGES) as (keyof typeof CHANGES)[])(
    'of %s restores appointment, time and request',
    async (kind) => {
      const desk = await createScheduleDesk();
      const booked = await desk.book(MONDAY, '09:20');
      const { receipt } = await CHANGES[kind](desk, booked);
      desk.clock.advance({ seconds: 10 });
      const { appointments } = await desk.appointments.undo(desk.coordinator, receipt.operationId);
      const { version: _v, operationId: _o, ...asBefore } = booked;
      expect(appointments).toMatchObject([asBefore]);
      expect(desk.statusOf(booked.requestId)).toBe('booked');
      expect(desk.claims().map(({ startsAt }) => startsAt)).toEqual([1, 2, 3].map(() => at(MONDAY, '09:20')));
      // Again is harmless.
      await expect(desk.appointments.undo(desk.coordinator, receipt.operationId)).resolves.toMatchObject({
        appointments,
      });
    },
  );

  it('of a booking takes it away; of a check-in, the check-in', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(MONDAY, '09:20');
    const { receipt } = await desk.appointments.checkIn(desk.feldsher, booked.id, onVersion(booked));
    await desk.appointments.undo(desk.feldsher, receipt.operationId);
    expect(desk.statusOf(booked.requestId)).toBe('booked');
    // The booking was changed since: what was done last goes first, and this one not at all.
    await expect(desk.appointments.undo(desk.coordinator, booked.operationId)).rejects.toEqual(
      refusal('undo.superseded'),
    );

    const second = await desk.book(TUESDAY, '09:20', { request: await somebodyElse(desk) });
    await expect(desk.appointments.undo(desk.coordinator, second.operationId)).resolves.toMatchObject({
      appointments: [{ status: 'cancelled', requestStatus: 'accepted', cancelReason: 'booked_by_mistake' }],
    });
    expect(desk.claims().every(({ startsAt }) => startsAt === at(MONDAY, '09:20'))).toBe(true);
  });

  it('of a cancellation is refused when the request was booked anew meanwhile', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    const reason = { reason: 'patient_asked', note: '' } as const;
    const { receipt } = await desk.appointments.cancel(desk.feldsher, booked.id, { ...onVersion(booked), ...reason });
    const anew = await desk.book(TUESDAY, '10:00', { requestId: booked.requestId });
    await expect(desk.appointments.undo(desk.feldsher, receipt.operationId)).rejects.toEqual(
      refusal('undo.superseded'),
    );
    expect(desk.statusOf(booked.requestId)).toBe('booked');
    expect(desk.claims().every(({ startsAt }) => startsAt === at(TUESDAY, '10:00'))).toBe(true);
    expect(anew.id).not.toBe(booked.id);
  });

  it('is over after ten seconds, and is nobody else’s', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    await expect(desk.appointments.undo(desk.feldsher, booked.operationId)).rejects.toEqual(refusal('undo.expired'));
    await expect(desk.appointments.undo(desk.coordinator, operationId())).rejects.toEqual(refusal('undo.expired'));
    desk.clock.advance({ seconds: 11 });
    await expect(desk.appointments.undo(desk.coordinator, booked.operationId)).rejects.toEqual(refusal('undo.expired'));
  });

  it('explains that somebody has the old time, and then changes nothing', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    const { receipt } = await CHANGES.cancel(desk, booked);
    await desk.book(TUESDAY, '09:20', { request: await somebodyElse(desk) });
    const before = dumpTables(desk.raw);
    await expect(desk.appointments.undo(desk.coordinator, receipt.operationId)).rejects.toEqual(refusal('slot.taken'));
    expect(dumpTables(desk.raw)).toEqual(before);
  });
});

describe('undo after the roster has changed meanwhile', () => {
  const close = (desk: ScheduleDesk, decisions: object[] = []) =>
    desk.rosterExceptions.saveClosure(desk.coordinator, desk.world.cardio.practitionerId, {
      operationId: operationId(),
      id: newId<RosterEntryId>(),
      startsAt: at(TUESDAY, '09:00'),
      endsAt: at(TUESDAY, '10:00'),
      reason: 'sick',
      substituteId: null,
      note: '',
      decisions: decisions as Decision[],
    });

  it('brings nobody back onto a leave', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    const move = { ...onVersion(booked), ...desk.slot(TUESDAY, '11:00') };
    await desk.bookings.move(desk.coordinator, booked.id, move);
    await close(desk);
    await expect(desk.appointments.undo(desk.coordinator, move.operationId)).rejects.toMatchObject({
      code: 'slot.unavailable',
      fields: [{ path: 'startsAt', code: 'on_leave' }],
    });
    await expect(desk.appointments.getAppointment(desk.coordinator, booked.id)).resolves.toMatchObject({
      startsAt: at(TUESDAY, '11:00'),
    });
  });

  it('brings back beside the roster who was kept there by a decision', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    const { id: appointmentId, version } = booked;
    const { appointments } = await close(desk, [{ appointmentId, version, decision: { kind: 'keep' } }]);
    const move = { ...onVersion(appointments[0]!), ...desk.slot(TUESDAY, '11:00') };
    await desk.bookings.move(desk.coordinator, booked.id, move);
    await expect(desk.appointments.undo(desk.coordinator, move.operationId)).resolves.toMatchObject({
      appointments: [{ startsAt: at(TUESDAY, '09:20'), status: 'booked' }],
    });
  });
});

describe('the database itself', () => {
  it('refuses what the code above would never do', async () => {
    const desk = await createScheduleDesk();
    await desk.book(TUESDAY, '09:20');
    const [claim] = desk.rows<Record<string, string>>("select * from slot_claim where kind = 'practitioner'");
    const insert = desk.raw.prepare(
      `insert into slot_claim (kind, resource_id, lane, starts_at, ends_at, holder_kind, holder_id)
       values ('practitioner', ?, ?, ?, ?, 'appointment', ?)`,
    );
    const who = desk.world.cardio.practitionerId;
    const take =
      (from: string, to: string, lane = 0, holder = 'x') =>
      () =>
        insert.run(who, lane, at(TUESDAY, from), at(TUESDAY, to), holder);
    for (const [from, to] of [
      ['09:20', '09:40'],
      ['09:00', '09:21'],
      ['09:39', '10:00'],
      ['09:25', '09:30'],
      ['08:00', '12:00'],
    ] as const) {
      expect(take(from, to), `${from} to ${to}`).toThrow('slot_claim: taken');
    }
    expect(take('09:40', '10:00')).not.toThrow();
    expect(take('09:00', '09:20')).not.toThrow();
    expect(take('11:00', '11:20', 1)).toThrow('slot_claim: no such lane');
    expect(take('11:00', '11:20', 1, claim?.['holder_id'])).not.toThrow();
    expect(take('12:00', '12:20', 2, claim?.['holder_id'])).toThrow('slot_claim: no such lane');
    expect(take('13:20', '13:00')).toThrow('CHECK');
    expect(() => desk.raw.exec("update slot_claim set ends_at = '2027-01-01T00:00:00.000Z'")).toThrow('never changes');
  });

  it.each([
    ['a booked one without a slot', "update appointment set starts_at = null, ends_at = null where status = 'booked'"],
    ['a booked one that expires', "update appointment set expires_at = '2026-11-24T00:00:00.000Z'"],
    ['a cancelled one without a reason', "update appointment set status = 'cancelled'"],
    ['a cause without a no-show', "update appointment set no_show_cause = 'patient'"],
    ['seconds', "update appointment set starts_at = '2026-11-24T04:00:30.000Z'"],
    ['an end before the start', 'update appointment set ends_at = starts_at'],
    [
      'a second one for its request',
      `insert into appointment select 'other', request_id, status, version, specialty, mode, service, patient_id, station_id, urgency, treat_by,
        starts_at, ends_at, practitioner_id, lane, series_id, expires_at, cancel_reason, no_show_cause, note, replaced_by_id, created_at,
        created_by, status_changed_at, is_demo from appointment`,
    ],
    [
      'one of another patient than its request',
      `insert into appointment select 'other', request_id, 'cancelled', version, specialty, mode, service,
        (select id from patient where id <> appointment.patient_id), station_id, urgency, treat_by, null, null, null, lane, series_id,
        null, 'other', null, note, replaced_by_id, created_at, created_by, status_changed_at, is_demo from appointment`,
    ],
  ])('refuses %s', async (_name, sql) => {
    const desk = await createScheduleDesk();
    await desk.book(TUESDAY, '09:20');
    expect(() => desk.raw.exec(sql)).toThrow(/constraint failed|of another request/);
  });
});
