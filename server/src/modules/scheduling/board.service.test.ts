import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { getBoard } from '@jaqyn/shared/scheduling/board.contract';
import { listBoardAppointments } from '@jaqyn/shared/scheduling/board-appointments';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createPatient } from '../../../test/factories.ts';
import {
  at,
  createScheduleDesk,
  MONDAY,
  newHoldId,
  operationId,
  type ScheduleDesk,
  TUESDAY,
} from '../../../test/schedule-desk.ts';
import { newId } from '../../kernel/ids.ts';

const query = (changes: object = {}) => ({ from: TUESDAY, days: 1, q: '', offset: 0, limit: 40, ...changes });

async function otherRequest(desk: ScheduleDesk) {
  const { otherStation: stationId } = desk.world;
  return { stationId, patientId: await createPatient(desk.store, stationId) };
}

function byText(a: unknown, b: unknown): number {
  return String(a) < String(b) ? -1 : 1;
}

describe('the board', () => {
  it('shows specialists, their windows, appointments and holds, and counts slots', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(TUESDAY, '09:20');
    await desk.bookings.hold(desk.feldsher, newHoldId(), desk.slot(TUESDAY, '10:00'));
    const board = await desk.boards.getBoard(desk.coordinator, query());
    expect(board.total).toBe(4);
    const row = board.rows.find(({ practitioner }) => practitioner.id === desk.world.cardio.practitionerId);
    expect(row).toMatchObject({
      slots: 12,
      taken: 2,
      sessions: [{ startsAt: at(TUESDAY, '09:00'), endsAt: at(TUESDAY, '13:00'), slotMinutes: 20 }],
    });
    expect(board.appointments).toMatchObject([{ id: booked.id }]);
    expect(board.holds).toMatchObject([{ startsAt: at(TUESDAY, '10:00'), byName: 'Оспанова Айгерім', isMine: false }]);
    desk.clock.advance({ seconds: 120 });
    const later = await desk.boards.getBoard(desk.coordinator, query());
    expect(later.holds).toEqual([]);
    expect(later.rows.find(({ practitioner }) => practitioner.id === desk.world.cardio.practitionerId)?.taken).toBe(1);
  });

  it('finds by specialty, by a name without Kazakh letters, in pages', async () => {
    const desk = await createScheduleDesk();
    const names = async (changes: object) =>
      (await desk.boards.getBoard(desk.coordinator, query(changes))).rows.map(
        ({ practitioner }) => practitioner.displayName,
      );
    expect(await names({ specialty: desk.world.neurology })).toEqual(['Ким Ольга']);
    expect(await names({ q: 'сауле' })).toEqual(['Байжанова Сәуле']);
    expect(await names({ limit: 2, offset: 2 })).toEqual(['Дүйсенов Марат', 'Ким Ольга']);
    expect(await names({ region: 'abai' })).toEqual([]);
  });

  it('shows a no-show, to be rebooked, and holidays', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(MONDAY, '09:20');
    desk.clock.advance({ seconds: 3600 });
    await desk.appointments.miss(desk.coordinator, booked.id, {
      operationId: operationId(),
      version: booked.version,
      cause: 'station',
      note: '',
    });
    const board = await desk.boards.getBoard(desk.coordinator, query({ from: MONDAY, days: 7 }));
    expect(board.appointments).toMatchObject([{ status: 'noshow', noShowCause: 'station' }]);
    const december = await desk.boards.getBoard(
      desk.coordinator,
      query({ from: '2026-12-14' as CalendarDate, days: 7 }),
    );
    expect(december.specialDays).toMatchObject([{ day: '2026-12-16' }]);
    expect(december.rows.map(({ sessions }) => sessions.length)).toEqual([4, 4, 0, 4]);
  });

  it('gives a specialist their own row, and a coordinator of an oblast no names of another', async () => {
    const desk = await createScheduleDesk();
    await desk.book(TUESDAY, '09:20');
    expect((await desk.boards.getBoard(desk.cardio, query())).rows.map(({ practitioner }) => practitioner.id)).toEqual([
      desk.world.cardio.practitionerId,
    ]);
    desk.raw.exec(`insert into coordinator_region values ('${desk.coordinator.userId}', 'abai')`);
    const board = await desk.boards.getBoard(desk.coordinator, query());
    expect(board.appointments).toEqual([]);
    expect(board.busy).toEqual([
      {
        practitionerId: desk.world.cardio.practitionerId,
        startsAt: at(TUESDAY, '09:20'),
        endsAt: at(TUESDAY, '09:40'),
        isTentative: false,
      },
    ]);
  });

  it('says of each appointment what is said of it alone, consilia of others and missed ones too', async () => {
    const desk = await createScheduleDesk();
    const { cardio, cardioTwin, neuro, neurology } = desk.world;
    await desk.book(TUESDAY, '09:20', { also: [neuro.practitionerId, cardioTwin.practitionerId] });
    await desk.book(TUESDAY, '10:00', { request: await otherRequest(desk) });
    const missed = await desk.book(MONDAY, '09:20', { request: await otherRequest(desk) });
    desk.clock.advance({ seconds: 3600 });
    const how = {
      operationId: operationId(),
      version: missed.version,
      cause: 'network' as const,
      note: 'Байланыс жоқ',
    };
    await desk.appointments.miss(desk.coordinator, missed.id, how);

    const week = query({ from: MONDAY, days: 7 });
    const whole = await desk.boards.getBoard(desk.coordinator, week);
    expect(z.parse(getBoard.response, whole)).toEqual(whole);
    const appointments = listBoardAppointments(whole);
    expect(appointments).toHaveLength(3);
    expect(appointments.filter(({ practitioners }) => practitioners.length === 3)).toHaveLength(1);
    for (const appointment of appointments) {
      const alone = await desk.appointments.getAppointment(desk.coordinator, appointment.id);
      expect(appointment).toEqual(z.parse(Appointment, alone));
    }
    // Somebody who is only one of several has it on their line.
    const ofNeuro = await desk.boards.getBoard(desk.coordinator, { ...week, specialty: neurology });
    expect(ofNeuro.rows.map(({ practitioner }) => practitioner.id)).toEqual([neuro.practitionerId]);
    expect(listBoardAppointments(ofNeuro)).toEqual(
      appointments.filter(({ practitioners }) => practitioners.length > 1),
    );
    expect(ofNeuro.practitioners.map(({ id }) => id).sort()).toEqual(
      [cardio, cardioTwin, neuro].map(({ practitionerId }) => practitionerId).sort(),
    );
  });

  it('lists the slots of one specialist by their state', async () => {
    const desk = await createScheduleDesk();
    await desk.book(TUESDAY, '09:00');
    await desk.bookings.hold(desk.feldsher, newHoldId(), desk.slot(TUESDAY, '09:20'));
    const slots = await desk.boards.listSlots(desk.world.cardio.practitionerId, TUESDAY, TUESDAY);
    expect(slots.slice(0, 3).map(({ state }) => state)).toEqual(['busy', 'busy-tentative', 'free']);
    expect(() =>
      desk.boards.listSlots(desk.world.cardio.practitionerId, TUESDAY, '2026-12-31' as CalendarDate),
    ).toThrow(expect.objectContaining({ code: 'request.invalid' }));
  });
});

describe('the day list', () => {
  it('says what is next and what is missing, to each in their own words', async () => {
    const desk = await createScheduleDesk();
    const booked = await desk.book(MONDAY, '09:20');
    const entry = async (actor = desk.feldsher) => (await desk.dayLists.list(actor, { day: MONDAY }))[0];
    expect(await entry()).toMatchObject({ missing: ['consent', 'vitals'], next: ['check_in', 'arrive'] });
    expect(await entry(desk.cardio)).toMatchObject({ next: [] });
    desk.clock.advance({ seconds: 25 * 60 });
    const say = (kind: string, reason: string) =>
      desk.raw
        .prepare(
          `insert into consent (id, request_id, kind, representative, reason, at, recorded_by)
           values (?, ?, ?, '', ?, '2026-11-23T04:00:00.000Z', ?)`,
        )
        .run(newId(), booked.requestId, kind, reason, desk.feldsher.userId);
    say('emergency', 'Ессіз');
    expect(await entry()).toMatchObject({ missing: ['vitals', 'check_in'] });
    say('withdrawn', 'Бас тартты');
    expect(await entry()).toMatchObject({
      missing: ['consent', 'vitals', 'check_in'],
      next: ['check_in', 'arrive', 'no_show'],
    });
    const { appointments } = await desk.appointments.checkIn(desk.feldsher, booked.id, {
      operationId: operationId(),
      version: booked.version,
    });
    expect((await entry(desk.cardio))?.next).toEqual(['start', 'no_show']);
    await desk.appointments.start(desk.cardio, booked.id, {
      operationId: operationId(),
      version: appointments[0]!.version,
    });
    expect((await entry())?.next).toEqual(['join']);
    expect((await entry(desk.cardio))?.next).toEqual(['join']);
  });

  it('is of the station alone; a coordinator says whose', async () => {
    const desk = await createScheduleDesk();
    await desk.book(MONDAY, '09:20');
    await desk.book(MONDAY, '09:40', { request: await otherRequest(desk) });
    await expect(
      desk.dayLists.list(desk.feldsher, { day: MONDAY, stationId: desk.world.otherStation }),
    ).resolves.toHaveLength(1);
    await expect(
      desk.dayLists.list(desk.coordinator, { day: MONDAY, stationId: desk.world.otherStation }),
    ).resolves.toHaveLength(1);
    await expect(
      desk.dayLists.list(desk.coordinator, { day: MONDAY, practitionerId: desk.world.cardio.practitionerId }),
    ).resolves.toHaveLength(2);
    await expect(desk.dayLists.list(desk.coordinator, { day: MONDAY })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });
});

describe('the earliest', () => {
  const search = (desk: ScheduleDesk, changes: object = {}) => ({
    specialty: desk.world.cardiology,
    limit: 5,
    ...changes,
  });

  async function withLoads() {
    const desk = await createScheduleDesk();
    while (await desk.upkeep.tick());
    await desk.upkeep.tick();
    return desk;
  }

  it('is told in one answer: now, slots, asynchronous', async () => {
    const desk = await withLoads();
    await desk.rosterExceptions.saveExtra(desk.coordinator, desk.world.cardioBackup.practitionerId, {
      operationId: operationId(),
      id: newHoldId() as never,
      service: 'cardiology-async' as never,
      mode: 'async',
      startsAt: at(MONDAY, '15:00'),
      endsAt: at(MONDAY, '16:00'),
      slotMinutes: 5,
      bufferMinutes: 0,
      rank: null,
      note: '',
    });
    desk.online.add(desk.world.cardio.actor.userId);
    const found = await desk.earliest.find(desk.feldsher, search(desk));
    expect(found.now.map(({ practitionerId, isReachable, rank }) => [practitionerId, isReachable, rank])).toEqual([
      [desk.world.cardio.practitionerId, true, 1],
      [desk.world.cardioTwin.practitionerId, false, 1],
      [desk.world.cardioBackup.practitionerId, false, 2],
    ]);
    expect(found.slots.map(({ practitioner, startsAt }) => [practitioner.id, startsAt]).sort(byText)).toEqual(
      [
        [desk.world.cardio.practitionerId, at(MONDAY, '09:00')],
        [desk.world.cardioTwin.practitionerId, at(MONDAY, '09:00')],
      ].sort(byText),
    );
    expect(found.async).toMatchObject([{ startsAt: at(MONDAY, '15:00'), endsAt: at(MONDAY, '15:05') }]);
  });

  it('does not offer what has begun, is taken, or where patient or camera are elsewhere', async () => {
    const desk = await withLoads();
    desk.clock.advance({ seconds: 90 * 60 });
    const requestId = await desk.request();
    await desk.book(MONDAY, '10:40', { request: await otherRequest(desk) });
    const sister = await createPatient(desk.store, desk.world.station);
    await desk.book(MONDAY, '11:00', { request: { patientId: sister }, who: desk.world.cardioTwin.practitionerId });
    const found = await desk.earliest.find(desk.coordinator, search(desk, { requestId }));
    expect(
      found.slots.map(({ practitioner, startsAt }) => [practitioner.id === desk.world.cardio.practitionerId, startsAt]),
    ).toEqual([
      [false, at(MONDAY, '10:40')],
      [true, at(MONDAY, '11:20')],
    ]);
  });

  it('looks on when the next days are full, over the holiday, and says when it is after the limit', async () => {
    const desk = await withLoads();
    const { cardio, cardioTwin } = desk.world;
    for (const who of [cardio, cardioTwin]) {
      await desk.rosterExceptions.saveClosure(desk.coordinator, who.practitionerId, {
        operationId: operationId(),
        id: newHoldId() as never,
        startsAt: at(MONDAY, '00:00'),
        endsAt: at('2026-12-16' as CalendarDate, '00:00'),
        reason: 'vacation',
        substituteId: null,
        note: '',
        decisions: [],
      });
    }
    const requestId = await desk.request();
    const found = await desk.earliest.find(desk.coordinator, search(desk, { requestId, limit: 1 }));
    expect(found.slots).toMatchObject([{ startsAt: at('2026-12-17' as CalendarDate, '09:00'), isAfterTreatBy: true }]);
  });

  it('takes language and equipment into account', async () => {
    const desk = await withLoads();
    const { cardio, cardioTwin, station } = desk.world;
    await desk.kits.saveLanguages(desk.coordinator, cardioTwin.practitionerId, { languages: ['kk', 'en'], seen: [] });
    await desk.kits.saveLanguages(desk.coordinator, cardio.practitionerId, { languages: ['ru'], seen: [] });
    const english = await desk.earliest.find(desk.feldsher, search(desk, { language: 'en' }));
    expect(english.slots).toMatchObject([{ practitioner: { id: cardioTwin.practitionerId }, speaksLanguage: true }]);
    await desk.addService({ code: 'cardiology-video', specialty: desk.world.cardiology, requiredEquipment: ['ecg'] });
    await expect(desk.earliest.find(desk.feldsher, search(desk))).resolves.toMatchObject({ slots: [] });
    const seen = await desk.kits.getKit(desk.admin, station);
    await desk.kits.saveKit(desk.admin, station, { cameras: 1, equipment: ['ecg'], seen });
    await expect(desk.earliest.find(desk.feldsher, search(desk))).resolves.toMatchObject({ slots: [{}, {}] });
  });

  it('is the same as looking at every slot of everybody', async () => {
    const desk = await withLoads();
    // Fills the first days unevenly.
    for (const [index, day] of [MONDAY, TUESDAY, '2026-11-25' as CalendarDate].entries()) {
      for (const who of [desk.world.cardio, desk.world.cardioTwin].slice(0, 2 - (index % 2))) {
        for (const time of ['09:00', '09:20', '09:40', '10:00']) {
          await desk
            .book(day, time, { who: who.practitionerId, request: await otherRequest(desk) })
            .catch(() => undefined);
        }
      }
    }
    for (const from of [
      at(MONDAY, '09:00'),
      at(MONDAY, '12:50'),
      at(TUESDAY, '09:10'),
      at('2026-11-27' as CalendarDate, '13:00'),
    ]) {
      const found = await desk.earliest.find(desk.coordinator, search(desk, { from }));
      const expected: [string, string][] = [];
      for (const { practitionerId } of [desk.world.cardio, desk.world.cardioTwin]) {
        const slots = await desk.boards.listSlots(practitionerId, MONDAY, '2026-12-05' as CalendarDate);
        const first = slots.find(({ state, startsAt }) => state === 'free' && startsAt >= from);
        if (first !== undefined) expected.push([practitionerId, first.startsAt]);
      }
      expect(found.slots.map(({ practitioner, startsAt }) => [practitioner.id, startsAt]).sort(byText)).toEqual(
        expected.sort(byText),
      );
    }
  });
});
