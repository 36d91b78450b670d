import type { ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { TemplateInput } from '@jaqyn/shared/scheduling/roster.contract';
import { IMPORT_COLUMNS } from '@jaqyn/shared/scheduling/roster-csv';
import { describe, expect, it } from 'vitest';
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
  weekly,
} from '../../../test/schedule-desk.ts';

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
        id: newRosterEntryId(),
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
      id: newRosterEntryId(),
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
      id: newRosterEntryId(),
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
      id: newRosterEntryId(),
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
        id: newRosterEntryId(),
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
    await expect(
      desk.rosters.previewEnd(desk.coordinator, cardio, newRosterEntryId(), { lastDay: TUESDAY }),
    ).rejects.toEqual(refusal('roster.not_found'));
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
    const id = newRosterEntryId();
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
      id: newRosterEntryId(),
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
