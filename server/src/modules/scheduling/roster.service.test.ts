import type { RosterEntryId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { TemplateInput } from '@jaqyn/shared/scheduling/roster.contract';
import { IMPORT_COLUMNS } from '@jaqyn/shared/scheduling/roster-csv';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';
import {
  at,
  createScheduleDesk,
  MONDAY,
  operationId,
  type ScheduleDesk,
  TUESDAY,
  weekly,
} from '../../../test/schedule-desk.ts';
import { newId } from '../../kernel/ids.ts';

const refusal = (code: string, field?: string) =>
  expect.objectContaining({ code, ...(field !== undefined && { fields: [expect.objectContaining({ code: field })] }) });
const entryId = () => newId<RosterEntryId>();
const WEDNESDAY = '2026-11-25' as CalendarDate;

function input(changes: Partial<TemplateInput> = {}): TemplateInput {
  return {
    service: 'cardiology-video' as ServiceCode,
    mode: 'video',
    weekdays: [1, 2, 3, 4, 5],
    startMinute: 9 * 60,
    endMinute: 13 * 60,
    slotMinutes: 20,
    bufferMinutes: 0,
    worksOnHolidays: false,
    rank: null,
    validFrom: TUESDAY,
    validTo: null,
    ...changes,
  };
}

/** An appointment of the other station's patient, so that many may be booked at one time. */
async function bookOther(desk: ScheduleDesk, day: CalendarDate, time: string) {
  const { otherStation: stationId } = desk.world;
  return desk.book(day, time, { request: { stationId, patientId: await createPatient(desk.store, stationId) } });
}

describe('a template that changes', () => {
  it('moves nobody without asking: each booked slot it touches needs a decision', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    const early = await desk.book(TUESDAY, '09:00');
    const kept = await bookOther(desk, TUESDAY, '10:00');
    const moved = await bookOther(desk, WEDNESDAY, '09:20');
    // Shorter mornings: from 10:00 on, half an hour each.
    const change = { template: input({ startMinute: 600, slotMinutes: 30 }), replaces: desk.template.id };

    const before = dumpTables(desk.raw);
    const preview = await desk.rosters.previewTemplate(desk.coordinator, cardio, change);
    expect(dumpTables(desk.raw)).toEqual(before);
    expect(preview.overlapping).toEqual([]);
    expect(preview.affected.map(({ appointment }) => appointment.id)).toEqual([early.id, kept.id, moved.id]);
    expect(preview.affected[0]?.suggestion).toEqual({ practitionerId: cardio, startsAt: at(TUESDAY, '10:30') });
    // Four weeks from Tuesday, without the holiday of 16 December: nineteen working days.
    expect([preview.slotsBefore, preview.slotsAfter]).toEqual([19 * 12, 19 * 6]);

    const save = (decisions: Parameters<typeof desk.rosters.saveTemplate>[2]['decisions']) =>
      desk.rosters.saveTemplate(desk.coordinator, cardio, {
        operationId: operationId(),
        id: entryId(),
        ...change,
        seenValidTo: null,
        decisions,
      });
    await expect(save([])).rejects.toMatchObject({
      code: 'roster.booked_affected',
      fields: [early, kept, moved].map(({ id }) => ({ path: `appointment:${id}`, code: 'undecided' })),
    });
    expect(dumpTables(desk.raw)).toEqual(before);

    const decide = ({ id, version }: { id: typeof early.id; version: number }, decision: object) =>
      ({ appointmentId: id, version, decision }) as never;
    await expect(
      save([
        decide(early, { kind: 'put_back' }),
        decide({ ...kept, version: 1 }, { kind: 'keep' }),
        decide(moved, { kind: 'move', practitionerId: cardio, startsAt: at(WEDNESDAY, '10:00') }),
      ]),
    ).rejects.toEqual(refusal('roster.booked_affected', 'changed'));

    const { appointments } = await save([
      decide(early, { kind: 'put_back' }),
      decide(kept, { kind: 'keep' }),
      decide(moved, { kind: 'move', practitionerId: cardio, startsAt: at(WEDNESDAY, '10:00') }),
    ]);
    expect(appointments.map(({ status, startsAt }) => [status, startsAt])).toEqual([
      ['waitlist', null],
      ['booked', at(TUESDAY, '10:00')],
      ['booked', at(WEDNESDAY, '10:00')],
    ]);
    // What was kept beside the roster is not asked about again.
    const again = await desk.rosters.previewTemplate(desk.coordinator, cardio, {
      template: input({ startMinute: 660, slotMinutes: 30, validFrom: WEDNESDAY }),
      replaces:
        (await desk.rosters.getRoster(desk.coordinator, cardio, { from: TUESDAY, to: TUESDAY })).templates[0]?.id ??
        null,
    });
    expect(again.affected.map(({ appointment }) => appointment.id)).toEqual([moved.id]);
  });

  it('keeps its history: the old one ends the day before', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    await desk.rosters.saveTemplate(desk.coordinator, cardio, {
      operationId: operationId(),
      id: entryId(),
      template: input({ startMinute: 600, validFrom: WEDNESDAY }),
      replaces: desk.template.id,
      seenValidTo: null,
      decisions: [],
    });
    const { templates, sessions } = await desk.rosters.getRoster(desk.coordinator, cardio, {
      from: TUESDAY,
      to: WEDNESDAY,
    });
    expect(templates.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2026-11-01', TUESDAY],
      [WEDNESDAY, null],
    ]);
    expect(sessions.map(({ startsAt }) => startsAt)).toEqual([at(TUESDAY, '09:00'), at(WEDNESDAY, '10:00')]);
  });

  it('is refused beside another one, by the rule and by the database', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    const save = desk.rosters.saveTemplate(desk.coordinator, cardio, {
      operationId: operationId(),
      id: entryId(),
      template: input({ startMinute: 12 * 60 + 59, endMinute: 15 * 60 }),
      replaces: null,
      seenValidTo: null,
      decisions: [],
    });
    await expect(save).rejects.toEqual(refusal('roster.overlap', 'overlaps'));
    await expect(
      desk.addTemplate(weekly(cardio, 'cardiology-video', { startMinute: 779, endMinute: 900 })),
    ).resolves.toBeDefined();
    expect(desk.rows('select id from roster_template where practitioner_id = ?', cardio)).toHaveLength(1);
    expect(() => desk.raw.exec('update roster_template set start_minute = 0')).toThrow('only ends');
    expect(() =>
      desk.raw.exec("update roster_template set valid_to = '2027-01-01'; update roster_template set valid_to = null"),
    ).toThrow('only ends');
  });

  it.each<[string, Partial<TemplateInput>, string, string?]>([
    ['from yesterday', { validFrom: '2026-11-22' as CalendarDate }, 'roster.invalid', 'in_the_past'],
    ['that ends before it starts', { endMinute: 500 }, 'roster.invalid'],
    ['of an unknown service', { service: 'no-such' as ServiceCode }, 'service.not_found'],
    ['of another specialty', { service: 'neurology-video' as ServiceCode }, 'service.differs', 'differs'],
    ['by letter for a service by video', { mode: 'async' }, 'service.differs', 'differs'],
  ])('%s is refused', async (_name, changes, code, field) => {
    const desk = await createScheduleDesk();
    const save = desk.rosters.saveTemplate(desk.coordinator, desk.world.cardio.practitionerId, {
      operationId: operationId(),
      id: entryId(),
      template: input({ weekdays: [6], ...changes }),
      replaces: null,
      seenValidTo: null,
      decisions: [],
    });
    await expect(save).rejects.toEqual(refusal(code, field));
  });

  it('of a retired service is refused, of a foreign specialist not found', async () => {
    const desk = await createScheduleDesk();
    await desk.addService({ code: 'cardiology-video', specialty: desk.world.cardiology, retiredFrom: TUESDAY });
    const save = () =>
      desk.rosters.saveTemplate(desk.coordinator, desk.world.cardio.practitionerId, {
        operationId: operationId(),
        id: entryId(),
        template: input({ weekdays: [6] }),
        replaces: null,
        seenValidTo: null,
        decisions: [],
      });
    await expect(save()).rejects.toEqual(refusal('service.retired'));
    desk.raw.exec(`insert into coordinator_region values ('${desk.coordinator.userId}', 'abai')`);
    await expect(save()).rejects.toEqual(refusal('practitioner.not_found'));
  });

  it('that ends asks about what is booked after its last day', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    await bookOther(desk, TUESDAY, '09:00');
    const late = await bookOther(desk, WEDNESDAY, '09:00');
    const end = (decisions: object[]) =>
      desk.rosters.endTemplate(desk.coordinator, cardio, desk.template.id, {
        operationId: operationId(),
        lastDay: TUESDAY,
        seenValidTo: null,
        decisions: decisions as never,
      });
    await expect(end([])).rejects.toMatchObject({ fields: [{ path: `appointment:${late.id}` }] });
    await end([{ appointmentId: late.id, version: late.version, decision: { kind: 'put_back' } }]);
    await expect(desk.book(WEDNESDAY, '10:00')).rejects.toEqual(refusal('slot.unavailable', 'outside_roster'));
    await expect(desk.book(TUESDAY, '10:00')).resolves.toMatchObject({ status: 'booked' });
  });
});

describe('a preview', () => {
  it('of an end says who is booked after the last day, and keeps nothing', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    await desk.book(TUESDAY, '09:00');
    const after = await bookOther(desk, WEDNESDAY, '09:20');
    const before = dumpTables(desk.raw);
    const end = (lastDay: CalendarDate) =>
      desk.rosters.previewEnd(desk.coordinator, cardio, desk.template.id, { lastDay });
    expect(await end(TUESDAY)).toMatchObject({ affected: [{ appointment: { id: after.id } }], slotsAfter: 0 });
    expect((await end(WEDNESDAY)).affected).toEqual([]);
    expect(dumpTables(desk.raw)).toEqual(before);
    await expect(end('2026-11-01' as CalendarDate)).rejects.toEqual(refusal('roster.invalid', 'in_the_past'));
    await expect(desk.rosters.previewEnd(desk.coordinator, cardio, entryId(), { lastDay: TUESDAY })).rejects.toEqual(
      refusal('roster.not_found'),
    );
  });

  it('of extra work that is taken back says who is booked on it, and where they could go', async () => {
    const desk = await createScheduleDesk();
    const cardio = desk.world.cardio.practitionerId;
    const saturday = '2026-11-28' as CalendarDate;
    const id = entryId();
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
    await expect(desk.rosterExceptions.previewWithdrawal(desk.coordinator, cardio, entryId())).rejects.toEqual(
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

describe('on-call templates', () => {
  it('feed the ladder: shifts come, change and go with them', async () => {
    const desk = await createScheduleDesk();
    const neuro = desk.world.neuro.practitionerId;
    const duty = input({
      service: 'neurology-video' as ServiceCode,
      mode: 'on_call',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      startMinute: 480,
      endMinute: 1920,
      slotMinutes: 0,
      worksOnHolidays: true,
      rank: 2,
      validFrom: MONDAY,
      validTo: addDays(MONDAY, 6),
    });
    const id = entryId();
    await desk.rosters.saveTemplate(desk.coordinator, neuro, {
      operationId: operationId(),
      id,
      template: duty,
      replaces: null,
      seenValidTo: null,
      decisions: [],
    });
    const shifts = () =>
      desk.rows<{ starts_at: string; ends_at: string }>(
        'select starts_at, ends_at from on_call_shift where practitioner_id = ? order by starts_at',
        neuro,
      );
    expect(shifts()).toHaveLength(7);
    expect(shifts()[0]).toEqual({ starts_at: at(MONDAY, '08:00'), ends_at: at(TUESDAY, '08:00') });
    const [neurology] = (await desk.staff.listSpecialties()).filter(({ code }) => code === desk.world.neurology);
    expect(neurology?.onCallNow).toBe(1);

    // Ill from noon on Tuesday for a day: the duty of Tuesday ends there, that of Wednesday begins later.
    await desk.rosterExceptions.saveClosure(desk.coordinator, neuro, {
      operationId: operationId(),
      id: entryId(),
      startsAt: at(TUESDAY, '12:00'),
      endsAt: at(WEDNESDAY, '12:00'),
      reason: 'sick',
      substituteId: null,
      note: '',
      decisions: [],
    });
    expect(shifts().slice(0, 4)).toEqual([
      { starts_at: at(MONDAY, '08:00'), ends_at: at(TUESDAY, '08:00') },
      { starts_at: at(TUESDAY, '08:00'), ends_at: at(TUESDAY, '12:00') },
      { starts_at: at(WEDNESDAY, '12:00'), ends_at: at(addDays(WEDNESDAY, 1), '08:00') },
      { starts_at: at(addDays(WEDNESDAY, 1), '08:00'), ends_at: at(addDays(WEDNESDAY, 2), '08:00') },
    ]);
    await desk.rosters.endTemplate(desk.coordinator, neuro, id, {
      operationId: operationId(),
      lastDay: TUESDAY,
      seenValidTo: addDays(MONDAY, 6),
      decisions: [],
    });
    expect(shifts()).toHaveLength(2);
  });
});

describe('a leave over booked slots', () => {
  const leave = (changes: object = {}) => ({
    operationId: operationId(),
    id: entryId(),
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
    id: entryId(),
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
      id: entryId(),
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

describe('a roster in CSV', () => {
  const HEADER = IMPORT_COLUMNS.join(';');
  const row = (login: string, changes: { start?: string; end?: string; service?: string; days?: string } = {}) =>
    [
      login,
      changes.service ?? 'cardiology-video',
      'video',
      changes.days ?? '6',
      changes.start ?? '09:00',
      changes.end ?? '12:00',
      '20',
      '0',
      '',
      '',
      '01.12.2026',
      '',
    ].join(';');

  it('is shown first and then added as it was shown, all or nothing, once', async () => {
    const desk = await createScheduleDesk();
    const login = desk.world.cardio.login;
    const csv = [
      HEADER,
      row(login),
      row(login, { start: '14:00', end: '16:00' }),
      row(desk.world.cardioTwin.login),
    ].join('\r\n');
    const before = dumpTables(desk.raw);
    const preview = await desk.rosterImports.preview(desk.coordinator, csv);
    expect(dumpTables(desk.raw)).toEqual(before);
    expect(preview).toMatchObject({ rows: 3, valid: 3, problemCount: 0, practitioners: 2 });
    await expect(
      desk.rosterImports.apply(desk.coordinator, {
        operationId: operationId(),
        csv: `${csv}\n`,
        sha256: preview.sha256,
      }),
    ).rejects.toEqual(refusal('roster.preview_stale'));
    const apply = { operationId: operationId(), csv, sha256: preview.sha256 };
    await expect(desk.rosterImports.apply(desk.coordinator, apply)).resolves.toMatchObject({ added: 3 });
    await expect(desk.rosterImports.apply(desk.coordinator, apply)).resolves.toMatchObject({ added: 3 });
    expect(desk.rows('select id from roster_template')).toHaveLength(6);
    await expect(desk.rosterImports.preview(desk.coordinator, csv)).resolves.toMatchObject({ valid: 0, unchanged: 3 });
    await expect(desk.book('2026-12-05' as CalendarDate, '14:20')).resolves.toMatchObject({ status: 'booked' });
  });

  it('names what is wrong with each row and adds none of them', async () => {
    const desk = await createScheduleDesk();
    const login = desk.world.cardio.login;
    const csv = [
      HEADER,
      row(login),
      row('nobody'),
      row(login, { service: 'no-such-service' }),
      row(login, { service: 'neurology-video' }),
      row(login, { start: '11:40', end: '13:00' }),
      row(login, { days: '1', start: '12:00', end: '14:00' }),
      row(login, { start: '9' }),
    ].join('\n');
    const preview = await desk.rosterImports.preview(desk.coordinator, csv);
    expect(preview.problems.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '3 login unknown_specialist',
      '4 service unknown_service',
      '5 service specialty_differs',
      '6 start overlaps_row',
      '7 start overlaps_roster',
      '8 start not_a_time',
    ]);
    const before = dumpTables(desk.raw);
    await expect(
      desk.rosterImports.apply(desk.coordinator, { operationId: operationId(), csv, sha256: preview.sha256 }),
    ).rejects.toMatchObject({ code: 'roster.rows_wrong' });
    expect(dumpTables(desk.raw)).toEqual(before);
  });

  it('explains wrong columns and fifty thousand rows', async () => {
    const desk = await createScheduleDesk();
    expect(() => desk.rosterImports.preview(desk.coordinator, 'a;b\n1;2')).toThrow(refusal('roster.columns_wrong'));
    const many = `${HEADER}\n${`${row('x')}\n`.repeat(50_000)}`;
    expect(() => desk.rosterImports.preview(desk.coordinator, many)).toThrow(refusal('roster.too_many_rows', '50000'));
  });
});
