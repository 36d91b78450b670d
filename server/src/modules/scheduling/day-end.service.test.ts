import { DAY_END_PAGE, type DayEndPlace } from '@jaqyn/shared/scheduling/day-end.contract';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import { createScheduleDesk, MONDAY, operationId, type ScheduleDesk, TUESDAY } from '../../../test/schedule-desk.ts';
import { newId } from '../../kernel/ids.ts';

/** Something to be done for the patient of a request, with the signed conclusion it came from. */
function insertTask(desk: ScheduleDesk, requestId: string, dueOn: string): void {
  const { userId } = desk.cardio;
  const at = '2026-11-20T05:00:00.000Z';
  const composition = newId<string>();
  desk.raw
    .prepare(
      `insert into composition (id, request_id, status, version, content, author_id, saved_at, edition)
       values (?, ?, 'preliminary', 1, '{}', ?, ?, 1) on conflict do nothing`,
    )
    .run(composition, requestId, userId, at);
  desk.raw
    .prepare(
      `insert into care_task (id, request_id, composition_id, kind, text, reason, due_on, status, version, created_at, created_by)
       values (?, ?, (select id from composition where request_id = ?), 'visit', '', '', ?, 'open', 1, ?, ?)`,
    )
    .run(newId<string>(), requestId, requestId, dueOn, at, userId);
}

describe('the end of the day', () => {
  it('lists what is unsigned, undelivered, not read out, overdue, missed and not followed up', async () => {
    const desk = await createScheduleDesk();
    const set = (status: string, id: string) =>
      desk.raw.prepare('update service_request set status = ? where id = ?').run(status, id);
    const unsigned = await desk.request();
    set('conclusion_draft', unsigned);
    const undelivered = await desk.request();
    set('signed', undelivered);
    const unacknowledged = await desk.request();
    set('delivered', unacknowledged);
    const [late, later] = [await desk.request(), await desk.request()];
    for (const [id, dueOn] of [
      [late, '2026-11-22'],
      [late, '2026-11-21'],
      [later, MONDAY],
    ] as const) {
      set('follow_up_open', id);
      insertTask(desk, id, dueOn);
    }
    const overdue = await desk.request({ createdAt: '2026-11-01T05:00:00.000Z' });
    const missed = await desk.book(MONDAY, '09:20', {
      request: { urgency: 'asap', createdAt: '2026-11-23T03:00:00.000Z' },
    });
    desk.clock.advance({ seconds: 10 * 3600 });
    await desk.appointments.miss(desk.coordinator, missed.id, {
      operationId: operationId(),
      version: missed.version,
      cause: 'network',
      note: '',
    });
    const lists = await desk.dayEnds.list(desk.coordinator, { day: MONDAY });
    const ids = Object.fromEntries(
      Object.entries(lists).map(([name, { entries }]) => [name, entries.map(({ requestId }) => requestId)]),
    );
    expect(ids).toEqual({
      unsigned: [unsigned],
      undelivered: [undelivered],
      unacknowledged: [unacknowledged],
      overdue: [overdue],
      no_shows: [missed.requestId],
      follow_ups: [late],
    });
    // Until the end of its first day that is over, in Kazakhstan.
    expect(lists.follow_ups.entries[0]?.since).toBe('2026-11-21T19:00:00.000Z');
    expect(lists.overdue.entries[0]?.since).toBe('2026-11-15T05:00:00.000Z');
    expect(lists.no_shows.entries[0]).toMatchObject({ noShowCause: 'network', patientName: 'Жақсыбекова Г. Ә.' });
    expect((await desk.dayEnds.list(desk.coordinator, { day: TUESDAY })).no_shows.entries).toEqual([]);
    expect((await desk.dayEnds.list(desk.coordinator, { day: MONDAY, region: 'abai' })).overdue.entries).toEqual([]);
  });

  it('ends no list without a word: pages to the end with how many there are, and all of it in the file', async () => {
    const desk = await createScheduleDesk();
    const first = await desk.request({ createdAt: '2026-11-01T05:00:00.000Z' });
    // Three lists of more than a page: talked, asked for long ago, to be followed up; many of the same moment.
    const statement = desk.raw.prepare("select name from pragma_table_info('service_request')").pluck();
    const columns = (statement.all() as string[])
      .filter((name) => !['id', 'number', 'status', 'status_changed_at'].includes(name))
      .map((name) => `"${name}"`)
      .join(', ');
    const copy = desk.raw.prepare(
      `insert into service_request (id, number, status, status_changed_at, ${columns})
       select ?, ?, ?, ?, ${columns} from service_request where id = ?`,
    );
    const asked: Record<string, string[]> = { unsigned: [], overdue: [first], follow_ups: [] };
    const AMOUNT = 2 * DAY_END_PAGE + 7;
    const at = (index: number) => `2026-11-20T05:${String(index % 50).padStart(2, '0')}:00.000Z`;
    for (let index = 0; index < AMOUNT; index += 1) {
      for (const [list, status] of [
        ['unsigned', 'conclusion_draft'],
        ['overdue', 'in_triage'],
        ['follow_ups', 'follow_up_open'],
      ] as const) {
        const id = newId<string>();
        copy.run(id, `${list}-${index}`, status, at(index), first);
        asked[list]?.push(id);
        if (list === 'follow_ups') insertTask(desk, id, `2026-11-${10 + (index % 10)}`);
      }
    }
    const all = await desk.dayEnds.list(desk.coordinator, { day: MONDAY });
    for (const list of ['unsigned', 'overdue', 'follow_ups'] as const) {
      const total = asked[list]?.length ?? 0;
      expect([list, all[list].entries.length, all[list].total]).toEqual([list, DAY_END_PAGE, total]);
      const seen: string[] = [];
      let after: DayEndPlace | undefined;
      do {
        const page = await desk.dayEnds.listPage(desk.coordinator, { day: MONDAY, list, after });
        expect(page.total).toBe(total);
        seen.push(...page.entries.map(({ requestId }) => requestId));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(seen).toHaveLength(total);
      expect(new Set(seen)).toEqual(new Set(asked[list]));
      const csv = await desk.dayEnds.toFile(desk.coordinator, { day: MONDAY, list, language: 'kk' });
      expect(csv.trimEnd().split('\r\n')).toHaveLength(total + 1);
    }
    const [sheet] = await readXlsxFile(
      await desk.dayEnds.toWorkbook(desk.coordinator, { day: MONDAY, list: 'unsigned', language: 'kk' }),
    );
    expect(sheet?.data).toHaveLength(AMOUNT + 1);
  });

  it('goes into a workbook that reads back the same, a formula as text', async () => {
    const desk = await createScheduleDesk();
    const patientId = await createPatient(desk.store, desk.world.station, {
      familyName: '=1+1',
      givenName: 'Ә',
      middleName: '',
    });
    const missed = await desk.book(MONDAY, '09:20', { request: { patientId } });
    desk.clock.advance({ seconds: 3600 });
    await desk.appointments.miss(desk.coordinator, missed.id, {
      operationId: operationId(),
      version: missed.version,
      cause: 'patient',
      note: '',
    });
    const query = { day: MONDAY, list: 'no_shows', language: 'kk' } as const;
    const workbook = await desk.dayEnds.toWorkbook(desk.coordinator, query);
    const [sheet] = await readXlsxFile(workbook);
    expect(sheet?.data).toEqual([
      ['Өтінім', 'Бейін', 'Пункт', 'Науқас', 'Маман', 'Қашаннан', 'Себебі'],
      [
        missed.requestNumber,
        'cardiology',
        'Құлан ФАП',
        '=1+1 Ә.',
        'Ахметов Ерлан',
        '2026-11-23 09:20',
        'науқас келмеді',
      ],
    ]);
  });

  it('goes into a file that no spreadsheet runs', async () => {
    const desk = await createScheduleDesk();
    const patientId = await createPatient(desk.store, desk.world.station, {
      familyName: '=HYPERLINK("http://x")',
      givenName: 'А',
      middleName: '',
    });
    const missed = await desk.book(MONDAY, '09:20', { request: { patientId } });
    desk.clock.advance({ seconds: 3600 });
    await desk.appointments.miss(desk.coordinator, missed.id, {
      operationId: operationId(),
      version: missed.version,
      cause: 'patient',
      note: '',
    });
    const csv = await desk.dayEnds.toFile(desk.coordinator, { day: MONDAY, list: 'no_shows', language: 'kk' });
    expect(csv.split('\r\n')).toEqual([
      '\uFEFFӨтінім;Бейін;Пункт;Науқас;Маман;Қашаннан;Себебі',
      `${missed.requestNumber};cardiology;Құлан ФАП;"'=HYPERLINK(""http://x"") А.";Ахметов Ерлан;2026-11-23 09:20;науқас келмеді`,
      '',
    ]);
  });
});
