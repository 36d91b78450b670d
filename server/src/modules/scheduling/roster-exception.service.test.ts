import type { ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';
import {
  at,
  bookOther,
  createScheduleDesk,
  MONDAY,
  newRosterEntryId,
  operationId,
  refusal,
  TUESDAY,
  WEDNESDAY,
} from '../../../test/schedule-desk.ts';

describe('a preview', () => {
  it('of extra work that is taken back says who is booked on it, and where they could go', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    const saturday = '2026-11-28' as CalendarDate;
    const id = newRosterEntryId();
    await desk.rosterExceptions.saveExtra(desk.coordinator, cardio, {
      operationId: operationId(),
      id,
      service: 'cardiology-video' as ServiceCode,
      mode: 'video',
      startsAt: at(saturday, '10:00'),
      endsAt: at(saturday, '11:00'),
      slotMinutes: 20,
      bufferMinutes: 0,
      rank: null,
      note: '',
    });
    const booked = await desk.book(saturday, '10:20');
    const before = dumpTables(desk.raw);
    const preview = await desk.rosterExceptions.previewWithdrawal(desk.coordinator, cardio, id);
    // The nearest that is left from that day on is the beginning of Monday's window.
    expect(preview.affected).toMatchObject([
      {
        appointment: { id: booked.id },
        suggestion: { practitionerId: cardio, startsAt: at('2026-11-30' as CalendarDate, '09:00') },
      },
    ]);
    expect(preview.slotsBefore - preview.slotsAfter).toBe(3);
    expect(dumpTables(desk.raw)).toEqual(before);
    await expect(desk.rosterExceptions.previewWithdrawal(desk.coordinator, cardio, newRosterEntryId())).rejects.toEqual(
      refusal('roster.not_found'),
    );
  });

  it('suggests no time at which the patient or the only camera of the station is taken', async () => {
    const desk = await createScheduleDesk();
    const { cardio, cardioTwin, station } = desk.world;
    const patientId = await createPatient(desk.store, station);
    const booked = await desk.book(TUESDAY, '09:20', { request: { patientId } });
    // The patient is with the twin before, somebody else of the station sits at its camera after.
    const twin = { who: cardioTwin.practitionerId };
    await desk.book(TUESDAY, '09:00', { ...twin, request: { patientId } });
    await desk.book(TUESDAY, '09:40', { ...twin, request: { patientId: await createPatient(desk.store, station) } });
    const { affected } = await desk.rosterExceptions.previewClosure(desk.coordinator, cardio.practitionerId, {
      startsAt: at(TUESDAY, '09:20'),
      endsAt: at(TUESDAY, '09:40'),
      reason: 'sick',
      substituteId: null,
    });
    expect(affected).toMatchObject([
      { appointment: { id: booked.id }, suggestion: { startsAt: at(TUESDAY, '10:00') } },
    ]);
  });
});

describe('a leave over booked slots', () => {
  const leave = (changes: object = {}) => ({
    operationId: operationId(),
    id: newRosterEntryId(),
    startsAt: at(TUESDAY, '00:00'),
    endsAt: at(WEDNESDAY, '00:00'),
    reason: 'sick' as const,
    substituteId: null,
    note: '',
    decisions: [],
    ...changes,
  });

  it('with a substitute is one action: sessions and patients go over, and come back when it is withdrawn', async () => {
    const desk = await createScheduleDesk();
    const { cardio, cardioBackup } = desk.world;
    const booked = await desk.book(TUESDAY, '09:40');
    const preview = await desk.rosterExceptions.previewClosure(desk.coordinator, cardio.practitionerId, {
      ...leave(),
      substituteId: cardioBackup.practitionerId,
    });
    expect(preview.substituted).toMatchObject([
      { session: { startsAt: at(TUESDAY, '09:00'), endsAt: at(TUESDAY, '13:00') }, conflicts: [] },
    ]);
    expect(preview.affected).toMatchObject([
      {
        appointment: { id: booked.id },
        suggestion: { practitionerId: cardioBackup.practitionerId, startsAt: at(TUESDAY, '09:40') },
      },
    ]);
    const closure = leave({
      substituteId: cardioBackup.practitionerId,
      decisions: [
        {
          appointmentId: booked.id,
          version: booked.version,
          decision: { kind: 'move', practitionerId: cardioBackup.practitionerId, startsAt: at(TUESDAY, '09:40') },
        },
      ],
    });
    const { appointments } = await desk.rosterExceptions.saveClosure(desk.coordinator, cardio.practitionerId, closure);
    expect(appointments).toMatchObject([{ status: 'booked', practitioners: [{ id: cardioBackup.practitionerId }] }]);
    await expect(bookOther(desk, TUESDAY, '10:00')).rejects.toEqual(refusal('slot.unavailable', 'on_leave'));
    const theirs = await desk.rosters.getRoster(desk.coordinator, cardioBackup.practitionerId, {
      from: TUESDAY,
      to: TUESDAY,
    });
    expect(theirs.exceptions).toMatchObject([{ kind: 'extra', substitutionId: closure.id }]);

    const [moved] = appointments;
    // What goes back was booked with the other one first: the same time is suggested there.
    const back = await desk.rosterExceptions.previewWithdrawal(desk.coordinator, cardio.practitionerId, closure.id);
    expect(back.affected).toMatchObject([
      {
        appointment: { id: moved?.id },
        suggestion: { practitionerId: cardio.practitionerId, startsAt: at(TUESDAY, '09:40') },
      },
    ]);
    const withdraw = (decisions: object[]) =>
      desk.rosterExceptions.withdraw(desk.coordinator, cardio.practitionerId, closure.id, {
        operationId: operationId(),
        decisions: decisions as never,
      });
    await expect(withdraw([])).rejects.toEqual(refusal('roster.booked_affected', 'undecided'));
    await withdraw([
      {
        appointmentId: moved?.id,
        version: moved?.version,
        decision: { kind: 'move', practitionerId: cardio.practitionerId, startsAt: at(TUESDAY, '09:40') },
      },
    ]);
    expect(desk.rows('select practitioner_id from appointment')).toEqual([{ practitioner_id: cardio.practitionerId }]);
    expect(desk.rows('select id from roster_exception where withdrawn_at is null')).toEqual([]);
    await expect(withdraw([])).rejects.toEqual(refusal('roster.not_found'));
  });

  it('leaves out what the substitute cannot take', async () => {
    const desk = await createScheduleDesk();
    const { cardio, cardioTwin, neuro } = desk.world;
    const preview = await desk.rosterExceptions.previewClosure(desk.coordinator, cardio.practitionerId, {
      ...leave(),
      substituteId: cardioTwin.practitionerId,
    });
    expect(preview.substituted).toMatchObject([
      { conflicts: [{ code: 'specialist_busy', startsAt: at(TUESDAY, '09:00') }] },
    ]);
    await desk.rosterExceptions.saveClosure(
      desk.coordinator,
      cardio.practitionerId,
      leave({ substituteId: cardioTwin.practitionerId }),
    );
    expect(desk.rows("select id from roster_exception where kind = 'extra'")).toEqual([]);
    await expect(
      desk.rosterExceptions.saveClosure(
        desk.coordinator,
        cardio.practitionerId,
        leave({ substituteId: neuro.practitionerId }),
      ),
    ).rejects.toEqual(refusal('service.differs', 'specialty_differs'));
  });

  it('of hours keeps the grid of the rest of the day', async () => {
    const desk = await createScheduleDesk();
    await desk.rosterExceptions.saveClosure(
      desk.coordinator,
      desk.world.cardio.practitionerId,
      leave({ startsAt: at(TUESDAY, '09:30'), endsAt: at(TUESDAY, '10:10') }),
    );
    const free = [];
    for (const time of ['09:00', '09:20', '09:40', '10:00', '10:20']) {
      free.push(
        await bookOther(desk, TUESDAY, time).then(
          () => true,
          () => false,
        ),
      );
    }
    expect(free).toEqual([true, false, false, false, true]);
  });

  it.each([
    ['backwards', { startsAt: at(WEDNESDAY, '00:00'), endsAt: at(TUESDAY, '00:00') }, 'before_start'],
    ['that is over', { startsAt: at(MONDAY, '00:00'), endsAt: at(MONDAY, '08:00') }, 'in_the_past'],
    ['of two years', { endsAt: '2028-12-01T00:00:00.000Z' }, 'too_long'],
  ])('%s is refused', async (_name, changes, field) => {
    const desk = await createScheduleDesk();
    await expect(
      desk.rosterExceptions.saveClosure(desk.coordinator, desk.world.cardio.practitionerId, leave(changes)),
    ).rejects.toEqual(refusal('roster.invalid', field));
  });
});

describe('extra work', () => {
  const extra = (changes: object = {}) => ({
    operationId: operationId(),
    id: newRosterEntryId(),
    service: 'cardiology-video' as ServiceCode,
    mode: 'video' as const,
    startsAt: at('2026-11-28' as CalendarDate, '10:00'),
    endsAt: at('2026-11-28' as CalendarDate, '12:00'),
    slotMinutes: 30,
    bufferMinutes: 0,
    rank: null,
    note: 'Сенбі',
    ...changes,
  });

  it('on a Saturday can be booked at once and is refused beside what is there', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    await desk.rosterExceptions.saveExtra(desk.coordinator, cardio, extra());
    await expect(desk.book('2026-11-28' as CalendarDate, '11:30')).resolves.toMatchObject({
      endsAt: at('2026-11-28' as CalendarDate, '12:00'),
    });
    await expect(
      desk.rosterExceptions.saveExtra(
        desk.coordinator,
        cardio,
        extra({
          startsAt: at('2026-11-28' as CalendarDate, '11:45'),
          endsAt: at('2026-11-28' as CalendarDate, '13:00'),
        }),
      ),
    ).rejects.toEqual(refusal('roster.overlap', 'overlaps'));
    await expect(
      desk.rosterExceptions.saveExtra(
        desk.coordinator,
        cardio,
        extra({ startsAt: at(TUESDAY, '12:40'), endsAt: at(TUESDAY, '14:00') }),
      ),
    ).rejects.toEqual(refusal('roster.overlap', 'overlaps'));
  });

  it.each([
    ['over midnight', { endsAt: at('2026-11-29' as CalendarDate, '01:00') }],
    ['without a slot', { slotMinutes: 0 }],
    ['that is over', { startsAt: at(MONDAY, '07:00'), endsAt: at(MONDAY, '08:00') }],
  ])('%s is refused', async (_name, changes) => {
    const desk = await createScheduleDesk();
    await expect(
      desk.rosterExceptions.saveExtra(desk.coordinator, desk.world.cardio.practitionerId, extra(changes)),
    ).rejects.toEqual(refusal('roster.invalid'));
  });
});

describe('special days', () => {
  it('of the law are known, orders win, and loads follow', async () => {
    const desk = await createScheduleDesk();
    await desk.upkeep.tick();
    await desk.upkeep.tick();
    const load = (day: string) => desk.rows<{ free: number }>('select free from day_load where day = ?', day);
    expect(load('2026-12-16')).toEqual([]);
    expect(load(WEDNESDAY)).toHaveLength(3);
    await desk.specialDays.save(desk.admin, WEDNESDAY, {
      kind: 'day_off',
      name: { kk: 'Ауыстыру', ru: 'Перенос', en: 'Moved' },
      worksAs: null,
      source: '№ 900',
      seenAt: null,
    });
    await expect(desk.specialDays.list(TUESDAY, '2026-12-31' as CalendarDate)).resolves.toMatchObject([
      { day: WEDNESDAY, isByOrder: true, source: '№ 900' },
      { day: '2026-12-16', isByOrder: false, name: { en: 'Independence Day' } },
    ]);
    await expect(desk.book(WEDNESDAY, '09:00')).rejects.toEqual(refusal('slot.unavailable', 'day_off'));
    await desk.upkeep.tick();
    expect(load(WEDNESDAY)).toEqual([]);
    const [entered] = await desk.specialDays.list(WEDNESDAY, WEDNESDAY);
    const seen = { seenAt: entered?.enteredAt as Instant };
    await desk.specialDays.delete(desk.admin, WEDNESDAY, seen);
    await desk.specialDays.delete(desk.admin, WEDNESDAY, seen);
    await desk.upkeep.tick();
    expect(load(WEDNESDAY)).toHaveLength(3);
  });

  it('move nobody; who is booked without a slot then is listed for each coordinator’s own stations, until decided for', async () => {
    const desk = await createScheduleDesk();
    const order = {
      kind: 'day_off' as const,
      name: { kk: 'к', ru: 'р', en: 'e' },
      worksAs: null,
      source: '',
      seenAt: null,
    };
    const nine = await desk.book(WEDNESDAY, '09:00');
    const ten = await desk.book(WEDNESDAY, '10:00');
    await desk.book(TUESDAY, '09:00');
    const listed = async (actor = desk.coordinator, as?: 'day_off' | 'by_law') => {
      const { appointments, total } = await desk.specialDays.listBooked(actor, WEDNESDAY, { as });
      return { ids: appointments.map(({ id }) => id), total };
    };
    expect(await listed()).toEqual({ ids: [], total: 0 });
    // Before it is entered, as it would be; and nothing is changed by looking.
    expect(await listed(desk.coordinator, 'day_off')).toEqual({ ids: [nine.id, ten.id], total: 2 });
    expect(await listed()).toEqual({ ids: [], total: 0 });

    await desk.specialDays.save(desk.admin, WEDNESDAY, order);
    expect(desk.rows('select starts_at, status from appointment where id = ?', nine.id)).toEqual([
      { starts_at: nine.startsAt, status: 'booked' },
    ]);
    expect(await listed()).toEqual({ ids: [nine.id, ten.id], total: 2 });
    expect(await listed(desk.coordinator, 'by_law')).toEqual({ ids: [], total: 0 });
    // Who decides for nobody is told how many there are; who acts for another oblast has none of these.
    expect(await listed(desk.admin)).toEqual({ ids: [], total: 2 });
    desk.raw.exec(`insert into organization_region select organization_id, 'zhambyl' from station limit 1;
      insert into coordinator_region values ('${desk.coordinator.userId}', 'abai')`);
    expect(await listed()).toEqual({ ids: [], total: 0 });
    desk.raw.exec('delete from coordinator_region');

    await desk.waitlist.putBack(desk.coordinator, nine.id, { operationId: operationId(), version: nine.version });
    expect(await listed()).toEqual({ ids: [ten.id], total: 1 });
    // An extra hour on the day gives the other one a slot again.
    await desk.rosterExceptions.saveExtra(desk.coordinator, desk.world.cardio.practitionerId, {
      operationId: operationId(),
      id: newRosterEntryId(),
      service: 'cardiology-video' as ServiceCode,
      mode: 'video',
      startsAt: at(WEDNESDAY, '10:00'),
      endsAt: at(WEDNESDAY, '10:20'),
      slotMinutes: 20,
      bufferMinutes: 0,
      rank: null,
      note: '',
    });
    expect(await listed()).toEqual({ ids: [], total: 0 });
  });
});
