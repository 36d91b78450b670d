import type { LinkCheckId } from '@jaqyn/shared/kernel/ids';
import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { StatementCache } from '../src/db/unit-client.ts';
import { newId } from '../src/kernel/ids.ts';
import { NoticeDeliverer } from '../src/modules/notices/notice-deliverer.ts';
import { NoticeUpkeepService } from '../src/modules/notices/notice-upkeep.service.ts';
import { CONCLUSION, createConsultDesk } from './consult-desk.ts';
import { createPatient, LINK_CHECK, newConsultation } from './factories.ts';
import { createScheduleDesk, TUESDAY } from './schedule-desk.ts';

/** Tables that grow by each consult, or with the country. What reads one of them from end to end stops the server for everybody. */
const LARGE = [
  'patient',
  'patient_name_word',
  'service_request',
  'observation_set',
  'composition',
  'message',
  'audit_event',
  'ring',
  'notice',
  'notice_delivery',
  'appointment',
  'slot_claim',
  'day_load',
  'link_check',
  'link_sample',
  'roster_template',
  'roster_exception',
];
/** Read in their order and left after the first few. */
const IN_ORDER = ['service_request_live_order', 'service_request_created', 'patient_registered'];

/** Every select that ran during `work`; of those that are compiled once for a connection, the ones that were not yet. */
async function selectsOf(work: () => Promise<unknown>): Promise<string[]> {
  return (await statementsOf(work)).filter((source) => /^\s*(select|with)/i.test(source));
}

async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');
  const get = vi.spyOn(StatementCache.prototype, 'get');
  try {
    await work();
    const sources = [...prepare.mock.calls, ...get.mock.calls].map(([source]) => source);
    return [...new Set(sources)].filter((source) => /^\s*(select|with|update|delete|insert)/i.test(source));
  } finally {
    prepare.mockRestore();
    get.mockRestore();
  }
}

function planOf(database: Sqlite.Database, source: string): string[] {
  const values = Array.from(source.matchAll(/\?/g), () => null);
  const rows = database.prepare(`explain query plan ${source}`).all(...values) as { detail: string }[];
  return rows.map(({ detail }) => detail);
}

/** Steps that go through a whole large table or index. */
function listWholeScans(database: Sqlite.Database, sources: readonly string[]): string[] {
  return sources.flatMap((source) =>
    planOf(database, source).filter((step) => {
      const [, table = ''] = /^SCAN (\w+)/.exec(step) ?? [];
      const isBounded = / limit /i.test(source) && IN_ORDER.some((index) => step.includes(`INDEX ${index}`));
      return LARGE.includes(table) && !isBounded;
    }),
  );
}

test('what is asked for all day goes by an index, in the record', async () => {
  const desk = await createConsultDesk();
  const id = await desk.callAndAnswer();
  await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
  const { patients, consultations, conclusions, signing, coordinator, feldsher, cardio } = desk;
  const patientId = desk.world.patient;
  const plans = async (work: () => Promise<unknown>) => (await selectsOf(work)).flatMap((sql) => planOf(desk.raw, sql));

  const lists = { open: 'live', recent: 'station', unread: 'live' } as const;
  for (const view of ['open', 'recent', 'unread', 'unsigned'] as const) {
    for (const actor of [coordinator, feldsher, cardio]) {
      const sources = await selectsOf(() => consultations.listConsultations(actor, { view, limit: 50 }));
      expect(listWholeScans(desk.raw, sources), `${actor.role} ${view}`).toEqual([]);
    }
    if (view === 'unsigned') continue;
    const ofStation = await plans(() => consultations.listConsultations(feldsher, { view, limit: 50 }));
    expect(ofStation.join('\n'), view).toContain(
      lists[view] === 'live' ? 'INDEX service_request_live_station' : 'INDEX service_request_station',
    );
  }
  const ofSpecialist = await plans(() => consultations.listConsultations(cardio, { view: 'open', limit: 50 }));
  expect(ofSpecialist.join('\n')).toContain('INDEX service_request_live_practitioner');
  const ofAll = await plans(() => consultations.listConsultations(coordinator, { view: 'open', limit: 50 }));
  expect(ofAll.join('\n')).toContain('INDEX service_request_live_order');
  expect(ofAll.join('\n'), 'the order is the index’s').not.toMatch(
    /TEMP B-TREE FOR ORDER BY[\s\S]*service_request_live_order/,
  );

  const after = `1 ${desk.clock.instant()} ${id}`;
  for (const view of ['open', 'recent', 'unread', 'unsigned'] as const) {
    for (const actor of [coordinator, feldsher, cardio]) {
      const paged = await selectsOf(() => consultations.listConsultations(actor, { view, limit: 50, after }));
      expect(listWholeScans(desk.raw, paged), `${actor.role} ${view}, the next page`).toEqual([]);
    }
  }

  const sources = await selectsOf(async () => {
    for (const actor of [coordinator, feldsher]) {
      for (const text of ['', 'оспанова', 'оспанова ай', '8001', '1980-01-02'])
        await patients.searchPatients(actor, text, 20);
    }
    for (const actor of [coordinator, feldsher, cardio]) {
      await consultations.listConsultations(actor, { view: 'recent', limit: 50, patientId });
      await consultations.listTimeline(actor, id);
      await consultations.getConsultation(actor, id);
    }
    const { version, content } = await conclusions.getConclusion(cardio, id);
    await conclusions.saveConclusion(cardio, id, version, { ...content, referral: 'Облыстық аурухана' });
    await signing.preview(cardio, id);
    for (const actor of [coordinator, feldsher]) {
      await desk.linkChecks.list(actor, { days: 14, stationId: desk.world.station });
    }
    await desk.linkChecks.listStations(coordinator);
    await desk.linkChecks.save(feldsher, newId<LinkCheckId>(), LINK_CHECK);
  });
  expect(sources.length).toBeGreaterThan(15);
  // Those of one station are looked through by its index; they are a village.
  expect(listWholeScans(desk.raw, sources)).toEqual([]);
  expect(sources.flatMap((sql) => planOf(desk.raw, sql)).join('\n')).toContain(
    'SEARCH patient_name_word USING PRIMARY KEY',
  );

  // Each reading of a consult is an entry about it: the curtain is looked up past all of them.
  const ofCurtain = await plans(() => desk.curtains.findCurtain(id));
  expect(ofCurtain.join('\n')).toContain('SEARCH audit_event USING INDEX audit_event_state (entity_id=?)');
  expect(ofCurtain.join('\n')).not.toContain('TEMP B-TREE');

  // What this test is worth: without an index it speaks.
  desk.raw.exec('drop index service_request_live_order');
  const broken = await selectsOf(() => consultations.listConsultations(coordinator, { view: 'open', limit: 50 }));
  expect(listWholeScans(desk.raw, broken)).not.toEqual([]);
});

test('what is asked for all day goes by an index, on the board', async () => {
  const desk = await createScheduleDesk();
  await desk.book(TUESDAY, '09:20');
  const { cardiology, cardio } = desk.world;
  const sources = await selectsOf(async () => {
    const query = { from: TUESDAY, days: 7, specialty: cardiology, q: '', offset: 0, limit: 40 };
    await desk.boards.getBoard(desk.coordinator, query);
    await desk.boards.listSlots(cardio.practitionerId, TUESDAY, TUESDAY);
    await desk.earliest.find(desk.coordinator, { specialty: cardiology, limit: 5 });
    await desk.dayLists.list(desk.coordinator, { day: TUESDAY, practitionerId: cardio.practitionerId });
    await desk.book(TUESDAY, '10:00');
  });
  expect(sources.length).toBeGreaterThan(15);
  expect(listWholeScans(desk.raw, sources)).toEqual([]);
  const steps = sources.flatMap((sql) => planOf(desk.raw, sql)).join('\n');
  expect(steps).toContain(
    'SEARCH appointment USING INDEX appointment_practitioner (practitioner_id=? AND starts_at>? AND starts_at<?)',
  );
  expect(steps).toContain('SEARCH load USING COVERING INDEX day_load_free');
  expect(steps).toContain('SEARCH same USING COVERING INDEX day_load_day');
});

test('what the server asks itself every few seconds goes by an index', async () => {
  const desk = await createScheduleDesk();
  const { store, clock, bus } = desk;
  const notices = new NoticeUpkeepService({ store, clock });
  const deliverer = new NoticeDeliverer({ store, clock, bus, channels: {}, publicOrigin: undefined });
  await desk.book(TUESDAY, '09:20');
  const patientId = await createPatient(desk.store, desk.world.station);
  const call = newConsultation({ specialty: desk.world.cardiology, patientId });
  await desk.consultations.createConsultation(desk.feldsher, call);
  await desk.calling.answer(desk.world.cardio.actor, call.id);
  await desk.conclusions.saveConclusion(desk.world.cardio.actor, call.id, 0, CONCLUSION);
  clock.advance({ seconds: 3 * 86_400 });
  // The first round of a day looks at all rosters, to write the days that have come near.
  await desk.upkeep.tick();

  const rounds: Record<string, () => Promise<unknown>> = {
    schedule: () => desk.upkeep.tick(),
    follow: () => desk.upkeep.followAll(new AbortController().signal),
    notices: () => notices.tick(),
    deliveries: () => deliverer.deliverDue(),
    ladder: () => desk.calling.escalateDue(),
    interrupted: () => desk.calling.settleInterrupted(),
    texts: () => desk.texts.indexDue(),
    sessions: () => desk.auth.purgeSessions(),
  };
  for (const [name, round] of Object.entries(rounds)) {
    const sources = await statementsOf(round);
    expect(sources.length, name).toBeGreaterThan(0);
    expect(listWholeScans(desk.raw, sources), name).toEqual([]);
  }

  // What this test is worth: without an index it speaks.
  desk.raw.exec('drop index notice_request');
  expect(listWholeScans(desk.raw, await statementsOf(rounds['notices'] ?? (() => Promise.resolve())))).not.toEqual([]);
});
