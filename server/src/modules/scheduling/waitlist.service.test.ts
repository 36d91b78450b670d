import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { WaitlistWishes } from '@jaqyn/shared/scheduling/waitlist.contract';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import {
  at,
  createScheduleDesk,
  MONDAY,
  newAppointmentId,
  newHoldId,
  operationId,
  type ScheduleDesk,
  TUESDAY,
} from '../../../test/schedule-desk.ts';
import { newId } from '../../kernel/ids.ts';

const refusal = (code: string) => expect.objectContaining({ code });
const WISHES: WaitlistWishes = { language: null, partOfDay: 'any', preferredPractitionerId: null, avoidWeekdays: [] };

async function wait(
  desk: ScheduleDesk,
  request: Parameters<ScheduleDesk['request']>[0] = {},
  wishes: Partial<WaitlistWishes> = {},
) {
  const patientId = await createPatient(desk.store, request.stationId ?? desk.world.station);
  const { appointments } = await desk.waitlist.join(desk.coordinator, {
    operationId: operationId(),
    id: newAppointmentId(),
    requestId: await desk.request({ patientId, ...request }),
    mode: 'video',
    wishes: { ...WISHES, ...wishes },
  });
  return appointments[0]!;
}

const onVersion = ({ version }: { version: number }) => ({ operationId: operationId(), version });

describe('the waitlist', () => {
  it('goes by treat-by date; each sees their own', async () => {
    const desk = await createScheduleDesk();
    const late = await wait(desk);
    const urgent = await wait(desk, { urgency: 'urgent' });
    const overdue = await wait(desk, { createdAt: '2026-11-01T05:00:00.000Z', stationId: desk.world.otherStation });
    const { entries, total } = await desk.waitlist.list(desk.coordinator, { limit: 50 });
    expect(entries.map(({ appointment, isOverdue }) => [appointment.id, isOverdue])).toEqual([
      [overdue.id, true],
      // Three days from a Friday 10:00: since an hour ago.
      [urgent.id, false],
      [late.id, false],
    ]);
    expect(total).toBe(3);
    expect(
      (await desk.waitlist.list(desk.feldsher, { limit: 50 })).entries.map(({ appointment }) => appointment.id),
    ).toEqual([urgent.id, late.id]);
    expect((await desk.waitlist.list(desk.coordinator, { limit: 50, specialty: desk.world.neurology })).total).toBe(0);
  });

  it('keeps what somebody wishes, says it in the list and counts it in the fits, and leaves nobody out for it', async () => {
    const desk = await createScheduleDesk();
    // Tuesday is a day on which the first cannot come.
    const not = await wait(desk, {}, { avoidWeekdays: [5, 2], partOfDay: 'morning' });
    const may = await wait(desk, { createdAt: '2026-11-21T05:00:00.000Z' });
    const { entries } = await desk.waitlist.list(desk.feldsher, { limit: 50 });
    expect(entries[0]?.wishes).toEqual({ ...WISHES, avoidWeekdays: [2, 5], partOfDay: 'morning' });
    const place = { practitionerId: desk.world.cardio.practitionerId, startsAt: at(TUESDAY, '09:00'), limit: 10 };
    const fits = await desk.waitlist.listFits(desk.coordinator, place);
    expect(fits.map(({ entry }) => entry.appointment.id)).toEqual([may.id, not.id]);
    expect(fits[1]?.reasons).toContainEqual({ code: 'day_does_not_suit', points: -30, value: 2 });
    expect(fits[1]?.reasons.map(({ code }) => code)).toContain('time_suits');
  });

  it('takes a request once', async () => {
    const desk = await createScheduleDesk();
    const { requestId } = await desk.book(TUESDAY, '09:00');
    const join = {
      operationId: operationId(),
      id: newAppointmentId(),
      requestId,
      mode: 'video' as const,
      wishes: WISHES,
    };
    await expect(desk.waitlist.join(desk.coordinator, join)).rejects.toEqual(refusal('appointment.already_booked'));
  });

  it('lets a waiter be booked, under the same appointment', async () => {
    const desk = await createScheduleDesk();
    const waiting = await wait(desk);
    expect(waiting).toMatchObject({ status: 'waitlist', requestStatus: 'waitlisted', startsAt: null });
    await expect(desk.book(TUESDAY, '09:00', { requestId: waiting.requestId })).resolves.toMatchObject({
      id: waiting.id,
      status: 'booked',
    });
  });

  it('says who fits a free slot and why', async () => {
    const desk = await createScheduleDesk();
    await desk.kits.saveLanguages(desk.coordinator, desk.world.cardio.practitionerId, { languages: ['kk'], seen: [] });
    const kazakh = await wait(desk, {}, { language: 'kk' });
    const english = await wait(desk, {}, { language: 'en' });
    await wait(desk, { specialty: desk.world.neurology });
    const fits = await desk.waitlist.listFits(desk.coordinator, {
      practitionerId: desk.world.cardio.practitionerId,
      startsAt: at(TUESDAY, '09:00'),
      limit: 10,
    });
    expect(fits.map(({ entry }) => entry.appointment.id)).toEqual([kazakh.id, english.id]);
    expect(fits[0]?.reasons.map(({ code }) => code)).toEqual(['before_treat_by', 'waiting', 'speaks_language']);
    await expect(
      desk.waitlist.listFits(desk.coordinator, {
        practitionerId: desk.world.cardio.practitionerId,
        startsAt: at(TUESDAY, '09:01'),
        limit: 10,
      }),
    ).rejects.toEqual(refusal('slot.unavailable'));
  });
});

describe('an offer', () => {
  const offerTo = (desk: ScheduleDesk, to: Awaited<ReturnType<typeof wait>>, time = '09:00') =>
    desk.waitlist.offer(desk.coordinator, to.id, {
      ...onVersion(to),
      practitionerId: desk.world.cardio.practitionerId,
      startsAt: at(TUESDAY, time),
      expiresInMinutes: 30,
    });

  it('keeps the slot until it is accepted, which books it', async () => {
    const desk = await createScheduleDesk();
    const { appointments } = await offerTo(desk, await wait(desk));
    const [offered] = appointments;
    expect(offered).toMatchObject({
      status: 'proposed',
      expiresAt: '2026-11-23T04:30:00.000Z',
      requestStatus: 'waitlisted',
    });
    await expect(desk.book(TUESDAY, '09:00')).rejects.toEqual(refusal('slot.taken'));
    const accepted = await desk.waitlist.accept(desk.feldsher, offered!.id, onVersion(offered!));
    expect(accepted.appointments).toMatchObject([{ status: 'booked', requestStatus: 'booked', expiresAt: null }]);
    expect(desk.rows('select outcome from slot_offer')).toEqual([{ outcome: 'accepted' }]);
    expect(desk.rows('select count(*) as n from slot_claim where expires_at is not null')).toEqual([{ n: 0 }]);
  });

  it('is withdrawn by a leave that puts the waiter back, and the next one can be made', async () => {
    const desk = await createScheduleDesk();
    const { appointments } = await offerTo(desk, await wait(desk));
    const [offered] = appointments;
    const closed = await desk.rosterExceptions.saveClosure(desk.coordinator, desk.world.cardio.practitionerId, {
      operationId: operationId(),
      id: newId(),
      startsAt: at(TUESDAY, '09:00'),
      endsAt: at(TUESDAY, '10:00'),
      reason: 'sick',
      substituteId: null,
      note: '',
      decisions: [{ appointmentId: offered!.id, version: offered!.version, decision: { kind: 'put_back' } }],
    });
    expect(desk.rows('select outcome from slot_offer')).toEqual([{ outcome: 'withdrawn' }]);
    await expect(offerTo(desk, closed.appointments[0]!, '11:00')).resolves.toMatchObject({
      appointments: [{ status: 'proposed' }],
    });
  });

  it('is over when its time has run out, also before any clock has noticed', async () => {
    const desk = await createScheduleDesk();
    const { appointments } = await offerTo(desk, await wait(desk));
    desk.clock.advance({ seconds: 30 * 60 });
    await expect(desk.waitlist.accept(desk.feldsher, appointments[0]!.id, onVersion(appointments[0]!))).rejects.toEqual(
      refusal('waitlist.offer_over'),
    );
    // Whoever wants the time takes it.
    await expect(desk.book(TUESDAY, '09:00')).resolves.toMatchObject({ status: 'booked' });
    await expect(desk.appointments.getAppointment(desk.coordinator, appointments[0]!.id)).resolves.toMatchObject({
      status: 'waitlist',
      requestStatus: 'waitlisted',
    });
    expect(desk.rows('select outcome from slot_offer')).toEqual([{ outcome: 'expired' }]);
  });

  it('can be declined and undone', async () => {
    const desk = await createScheduleDesk();
    const waiting = await wait(desk);
    const first = await offerTo(desk, waiting);
    await desk.appointments.undo(desk.coordinator, first.receipt.operationId);
    expect(desk.rows('select outcome from slot_offer')).toEqual([{ outcome: 'withdrawn' }]);
    expect(desk.claims()).toEqual([]);
    const again = await desk.appointments.getAppointment(desk.coordinator, waiting.id);
    const { appointments } = await offerTo(desk, again);
    const declined = await desk.waitlist.decline(desk.feldsher, waiting.id, onVersion(appointments[0]!));
    expect(declined.appointments).toMatchObject([{ status: 'waitlist', startsAt: null, practitioners: [] }]);
    expect((await desk.waitlist.list(desk.coordinator, { limit: 10 })).entries).toMatchObject([{ declined: 1 }]);
  });

  it('takes the place of the offerer’s own hold without a gap, and not of anybody else’s', async () => {
    const desk = await createScheduleDesk();
    const waiting = await wait(desk);
    const place = { practitionerId: desk.world.cardio.practitionerId, startsAt: at(TUESDAY, '09:00') };
    const { holdId } = await desk.bookings.hold(desk.coordinator, newId(), place);
    await expect(offerTo(desk, waiting)).rejects.toEqual(refusal('slot.held'));
    const withHold = (id: typeof holdId) => ({ ...onVersion(waiting), ...place, expiresInMinutes: 30, holdId: id });
    await expect(desk.waitlist.offer(desk.coordinator, waiting.id, withHold(newId()))).rejects.toEqual(
      refusal('hold.expired'),
    );
    // What was refused has left the hold where it was.
    expect(desk.claims()).toHaveLength(1);
    const { appointments } = await desk.waitlist.offer(desk.coordinator, waiting.id, withHold(holdId));
    expect(appointments).toMatchObject([{ status: 'proposed', startsAt: place.startsAt }]);
    expect(desk.rows("select count(*) as n from slot_claim where holder_kind = 'hold'")).toEqual([{ n: 0 }]);
    await expect(desk.book(TUESDAY, '09:00')).rejects.toEqual(refusal('slot.taken'));
  });

  it('is not a station’s to make, and not another station’s to answer', async () => {
    const desk = await createScheduleDesk();
    const waiting = await wait(desk);
    const offer = desk.waitlist.offer(desk.feldsher, waiting.id, {
      ...onVersion(waiting),
      practitionerId: desk.world.cardio.practitionerId,
      startsAt: at(TUESDAY, '09:00'),
      expiresInMinutes: 30,
    });
    await expect(offer).rejects.toEqual(refusal('appointment.not_found'));
    const { appointments } = await offerTo(desk, waiting);
    await expect(desk.waitlist.accept(desk.otherFeldsher, waiting.id, onVersion(appointments[0]!))).rejects.toEqual(
      refusal('appointment.not_found'),
    );
  });
});

describe('a slot that frees', () => {
  it('is offered to the best who waits, after the ten seconds of undo; then to the next', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:00', {
      request: { stationId: desk.world.otherStation, patientId: desk.world.otherPatient },
    });
    const best = await wait(desk, { createdAt: '2026-11-01T05:00:00.000Z' });
    const second = await wait(desk, { urgency: 'urgent' });
    await desk.appointments.cancel(desk.coordinator, booked.id, {
      ...onVersion(booked),
      reason: 'patient_asked',
      note: '',
    });
    await desk.upkeep.tick();
    expect(desk.rows('select id from slot_offer')).toEqual([]);
    desk.clock.advance({ seconds: 11 });
    await desk.upkeep.tick();
    const offered = () =>
      desk.rows<{ id: string; outcome: string }>('select appointment_id as id, outcome from slot_offer order by rowid');
    expect(offered()).toEqual([{ id: best.id, outcome: 'open' }]);
    const { version } = await desk.appointments.getAppointment(desk.coordinator, best.id);
    await desk.waitlist.decline(desk.feldsher, best.id, { operationId: operationId(), version });
    desk.clock.advance({ seconds: 11 });
    await desk.upkeep.tick();
    expect(offered()).toEqual([
      { id: best.id, outcome: 'declined' },
      { id: second.id, outcome: 'open' },
    ]);
    // Nobody answers for two hours: the slot is free again, and who let it pass is not asked twice.
    desk.clock.advance({ seconds: 2 * 3600 + 60 });
    await desk.upkeep.tick();
    desk.clock.advance({ seconds: 11 });
    await desk.upkeep.tick();
    expect(offered().map(({ outcome }) => outcome)).toEqual(['declined', 'expired']);
    expect(desk.claims()).toEqual([]);
    expect(desk.rows('select * from freed_slot')).toEqual([]);
  });

  it('is not offered by itself when it begins within the hour, or is taken again', async () => {
    const desk = await createScheduleDesk();
    const soon = await desk.book(MONDAY, '09:40', {
      request: { stationId: desk.world.otherStation, patientId: desk.world.otherPatient },
    });
    await wait(desk);
    await desk.appointments.cancel(desk.coordinator, soon.id, { ...onVersion(soon), reason: 'other', note: '' });
    const later = await desk.book(TUESDAY, '09:40', { requestId: soon.requestId });
    await desk.bookings.move(desk.coordinator, later.id, { ...onVersion(later), ...desk.slot(TUESDAY, '10:00') });
    await desk.book(TUESDAY, '09:40');
    desk.clock.advance({ seconds: 11 });
    await desk.upkeep.tick();
    expect(desk.rows('select id from slot_offer')).toEqual([]);
    expect(desk.rows('select * from freed_slot')).toEqual([]);
  });
});

describe('time', () => {
  it('ends holds and questions, carries loads on, and may be told so at any moment', async () => {
    const desk = await createScheduleDesk();
    await desk.bookings.hold(desk.feldsher, newHoldId(), desk.slot(TUESDAY, '11:00'));
    const asked = await desk.book(TUESDAY, '09:00', {
      by: desk.feldsher,
      who: desk.world.neuro.practitionerId,
      request: { specialty: desk.world.neurology },
    });
    await desk.upkeep.tick();
    expect(desk.claims()).toHaveLength(4);
    desk.clock.advance({ seconds: 24 * 3600 });
    await Promise.all([1, 2, 3].map(() => desk.upkeep.tick()));
    expect(desk.claims()).toEqual([]);
    await expect(desk.appointments.getAppointment(desk.coordinator, asked.id)).resolves.toMatchObject({
      status: 'waitlist',
    });
    const last = () => desk.rows<{ day: string }>('select max(day) as day from day_load')[0]?.day;
    // 120 days ahead is 24 March 2027, the day of rest for Nauryz on a Sunday; the last day of work before it is Friday the 19th.
    expect(last()).toBe('2027-03-19');
    desk.clock.advance({ seconds: 24 * 3600 });
    await desk.upkeep.tick();
    await desk.upkeep.tick();
    expect(last()).toBe('2027-03-25');
    expect(desk.rows<{ day: string }>('select min(day) as day from day_load')[0]?.day).toBe('2026-11-25');
  });

  it('follows a request that went its own way', async () => {
    const desk = await createScheduleDesk();
    const seen = await desk.book(TUESDAY, '09:00');
    const cancelled = await desk.book(TUESDAY, '09:20', {
      request: { stationId: desk.world.otherStation, patientId: desk.world.otherPatient },
    });
    const waiting = await wait(desk);
    const set = (status: string, id: string) =>
      desk.raw.prepare('update service_request set status = ? where id = ?').run(status, id);
    set('conclusion_draft', seen.requestId);
    set('cancelled', cancelled.requestId);
    set('cancelled', waiting.requestId);
    await desk.upkeep.followAll();
    await desk.upkeep.followAll();
    expect(desk.rows('select status, cancel_reason from appointment order by created_at, rowid')).toEqual([
      { status: 'fulfilled', cancel_reason: null },
      { status: 'cancelled', cancel_reason: 'no_longer_needed' },
      { status: 'cancelled', cancel_reason: 'no_longer_needed' },
    ]);
    expect(desk.statusOf(cancelled.requestId)).toBe('cancelled');
    expect(desk.claims()).toHaveLength(3);
    await desk.upkeep.follow(seen.requestId);
  });

  it('makes on-call templates shifts as the days come near', async () => {
    const desk = await createScheduleDesk();
    const { neuro } = desk.world;
    await desk.addTemplate({
      ...desk.template,
      id: newHoldId() as never,
      practitionerId: neuro.practitionerId,
      service: 'neurology-video' as never,
      mode: 'on_call',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      startMinute: 480,
      endMinute: 1920,
      slotMinutes: 0,
      rank: 1,
      worksOnHolidays: true,
    });
    const last = () =>
      desk.rows<{ at: string }>(
        'select max(starts_at) as at from on_call_shift where practitioner_id = ?',
        neuro.practitionerId,
      )[0]?.at;
    await desk.upkeep.tick();
    await desk.upkeep.tick();
    expect(last()).toBe(at('2027-01-22' as CalendarDate, '08:00'));
    desk.clock.advance({ seconds: 3 * 24 * 3600 });
    await desk.upkeep.tick();
    await desk.upkeep.tick();
    expect(last()).toBe(at('2027-01-25' as CalendarDate, '08:00'));
  });
});
