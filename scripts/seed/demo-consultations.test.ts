import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLog } from '../../server/src/modules/audit/audit-log.ts';
import { conclusionRepository } from '../../server/src/modules/consultations/conclusion.repository.ts';
import { conclusionDocument } from '../../server/src/modules/consultations/conclusion-document.ts';
import { ConsultationLoader } from '../../server/src/modules/consultations/consultation.loader.ts';
import { requestListRepository } from '../../server/src/modules/consultations/request-list.repository.ts';
import { patientRepository } from '../../server/src/modules/patients/patient.repository.ts';
import { staffRepository } from '../../server/src/modules/staff/staff.repository.ts';
import { ConclusionContent, missingForSignature } from '../../shared/src/consultations/conclusion.contract.ts';
import { Consultation } from '../../shared/src/consultations/consultation.contract.ts';
import {
  type ConsultationEvent,
  type ConsultationState,
  consultationTransitions,
  nextState,
} from '../../shared/src/consultations/consultation.machine.ts';
import type { RequestId, StationId } from '../../shared/src/kernel/ids.ts';
import { addDays, instant, localTime } from './demo-id.ts';
import { nowOn, openSeeded, query, type SeededDatabase, TODAY } from './test-support.ts';

let demo: SeededDatabase;
/** Of calls that rang; those that were booked are in demo-schedule.test.ts. */
let views: Consultation[];
let planned: Consultation[];
const loader = new ConsultationLoader({
  patients: { listByIds: (tx, ids) => patientRepository.listByIds(tx, ids) },
  presence: { isOnline: () => false },
});
beforeAll(async () => {
  demo = await openSeeded();
  const ids = query<{ id: RequestId }>(demo.file, 'SELECT id FROM service_request ORDER BY number').map(({ id }) => id);
  const all = await demo.store.read((tx) => loader.listViews(tx, ids));
  const plannedIds = new Set(
    query<{ id: string }>(demo.file, 'SELECT id FROM service_request WHERE is_planned').map(({ id }) => id),
  );
  views = all.filter(({ id }) => !plannedIds.has(id));
  planned = all.filter(({ id }) => plannedIds.has(id));
}, 120_000);
afterAll(() => demo.close());

interface Span {
  readonly who: string;
  readonly from: string;
  readonly to: string;
}

function overlaps(spans: readonly Span[]): string[] {
  const sorted = [...spans].sort((a, b) => (a.who + a.from < b.who + b.from ? -1 : 1));
  return sorted.flatMap((span, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next.who === span.who && next.from < span.to ? [`${span.who} ${next.from}`] : [];
  });
}

describe('past consults', () => {
  it('are 120 over sixty days, in the states of a working region, and what the contract says', () => {
    expect(views).toHaveLength(120);
    for (const view of views) expect(Consultation.parse(view)).toEqual(view);
    const counts = Map.groupBy(views, ({ status }) => status);
    expect([...counts.keys()].sort()).toEqual(
      ['cancelled', 'closed', 'conclusion_draft', 'delivered', 'follow_up_open', 'in_triage', 'signed'].sort(),
    );
    expect(counts.get('closed')?.length ?? 0).toBeGreaterThan(60);
    expect(views.every(({ createdAt }) => createdAt > instant(localTime(addDays(TODAY, -60), 0)))).toBe(true);
  });

  it('are numbered in the order of time and the counter goes on from there', () => {
    const all = [...views, ...planned].sort((a, b) => (a.number < b.number ? -1 : 1));
    const sorted = [...all].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    expect(sorted.map(({ number }) => number)).toEqual(all.map(({ number }) => number));
    const counters = query<{ year: number; last: number }>(demo.file, 'SELECT year, last FROM request_counter');
    expect(counters).toEqual([{ year: 2026, last: all.length }]);
  });

  it('lie in the past, all of what belongs to them', () => {
    const now = instant(nowOn(TODAY));
    const columns = {
      service_request: ['created_at', 'status_changed_at', 'answered_at', 'ended_at'],
      ring: ['started_at', 'ended_at'],
      observation_set: ['taken_at'],
      message: ['sent_at'],
      composition: ['saved_at', 'signed_at'],
      teach_back: ['saved_at', 'completed_at'],
      care_task: ['created_at'],
      audit_event: ['at'],
    };
    for (const [table, names] of Object.entries(columns)) {
      for (const name of names) {
        expect(query(demo.file, `SELECT 1 FROM ${table} WHERE ${name} > ?`, now), `${table}.${name}`).toEqual([]);
      }
    }
  });

  it('leave nobody ringing or in a call', () => {
    expect(query(demo.file, "SELECT id FROM ring WHERE outcome = 'ringing' OR ended_at IS NULL")).toEqual([]);
    expect(query(demo.file, 'SELECT id FROM service_request WHERE ring_deadline IS NOT NULL')).toEqual([]);
  });

  it('have nobody in two places: specialist, station, patient', () => {
    const calls = query<Record<'practitioner_id' | 'station_id' | 'patient_id' | 'answered_at' | 'ended_at', string>>(
      demo.file,
      'SELECT * FROM service_request WHERE answered_at IS NOT NULL',
    );
    expect(calls.length).toBeGreaterThan(90);
    for (const who of ['practitioner_id', 'station_id', 'patient_id'] as const) {
      expect(overlaps(calls.map((call) => ({ who: call[who], from: call.answered_at, to: call.ended_at })))).toEqual(
        [],
      );
    }
  });

  it('ring nobody who is in a call or rings already', () => {
    const busy = query<Span>(
      demo.file,
      `SELECT practitioner_id AS who, started_at AS "from", ended_at AS "to" FROM ring
       UNION ALL SELECT practitioner_id, answered_at, ended_at FROM service_request WHERE answered_at IS NOT NULL`,
    );
    expect(overlaps(busy)).toEqual([]);
  });

  it('say with their words what was measured, without a hole left to fill', () => {
    const texts = query<{ text: string }>(
      demo.file,
      'SELECT reason AS text FROM service_request UNION ALL SELECT text FROM message UNION ALL SELECT content FROM composition',
    );
    for (const { text } of texts) expect(text).not.toMatch(/\{[a-z]\w*\}|undefined|NaN/);
    expect(new Set(views.map(({ reason }) => reason)).size).toBeGreaterThan(80);
  });
});

describe('the record', () => {
  it('is signed over exactly the bytes the server would sign', async () => {
    const rows = query<{ request_id: RequestId; signed_bytes: string; sha256: string }>(
      demo.file,
      "SELECT request_id, signed_bytes, sha256 FROM composition WHERE status = 'final'",
    );
    expect(rows.length).toBeGreaterThan(90);
    await demo.store.read(async (tx) => {
      const names = new Map((await staffRepository.listSpecialties(tx)).map(({ code, name }) => [code, name]));
      for (const row of rows) {
        const view = await loader.getView(tx, row.request_id);
        const conclusion = await conclusionRepository.find(tx, row.request_id);
        if (conclusion === undefined) throw new Error('the conclusion is gone');
        expect(ConclusionContent.parse(conclusion.content)).toEqual(conclusion.content);
        expect(missingForSignature(conclusion.content)).toEqual([]);
        const specialtyName = names.get(view.specialty);
        if (specialtyName === undefined) throw new Error('the specialty has no name');
        const consent = view.card?.consent ?? undefined;
        expect(conclusionDocument(view, conclusion, { specialtyName, replaced: undefined, consent })).toEqual({
          canonical: row.signed_bytes,
          sha256: row.sha256,
        });
      }
    });
  });

  it('is signed where it was handed over, and only there', () => {
    const wrong = query(
      demo.file,
      `SELECT r.number FROM service_request r LEFT JOIN composition c ON c.request_id = r.id
       WHERE (r.status IN ('signed', 'delivered', 'follow_up_open', 'closed')) <> (c.status IS 'final')
         OR (r.status = 'conclusion_draft') <> (c.status IS 'preliminary')`,
    );
    expect(wrong).toEqual([]);
  });

  it('has an unbroken audit chain in the order of time', async () => {
    expect(await demo.store.read((tx) => auditLog.findFirstBroken(tx))).toBeUndefined();
    const times = query<{ at: string }>(demo.file, 'SELECT at FROM audit_event ORDER BY seq').map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  it('replays: the audited steps lead through the machine to the state and version of each request', () => {
    for (const view of [...views, ...planned]) {
      const steps = query<{ action: string; actor_role: string | null; detail: string }>(
        demo.file,
        "SELECT action, actor_role, detail FROM audit_event WHERE entity_type = 'consultation' AND entity_id = ? ORDER BY seq",
        view.id,
      );
      let status: ConsultationState = 'draft';
      let version = 1;
      expect(steps[0]?.action).toBe('consultation.create');
      for (const { action, actor_role, detail } of steps.slice(1)) {
        const event = action.replace('consultation.', '');
        if (action === 'consultation.decline_call') continue;
        version += 1;
        if (action === 'consultation.add_observations') continue;
        expect(event in consultationTransitions, action).toBe(true);
        const part =
          actor_role === null ? 'system' : actor_role === 'feldsher' ? 'station' : (actor_role as 'specialist');
        const to = nextState(status, event as ConsultationEvent, part);
        expect(JSON.parse(detail)).toMatchObject({ from: status, to });
        status = to as ConsultationState;
      }
      expect({ status, version }, view.number).toEqual({ status: view.status, version: view.version });
    }
  });

  it('holds no name and no clinical word in the audit log', () => {
    const details = query<{ detail: string }>(demo.file, 'SELECT detail FROM audit_event').map(({ detail }) => detail);
    expect(details.filter((detail) => /[а-яәғқңөұүһі]/i.test(detail))).toEqual([]);
  });
});

describe('the station of the account feldsher', () => {
  const stationId = () =>
    query<{ id: StationId }>(demo.file, "SELECT station_id AS id FROM user WHERE login = 'feldsher'")[0]
      ?.id as StationId;
  const list = (view: 'open' | 'recent' | 'unread') =>
    demo.store.read(async (tx) => {
      const scope = { kind: 'station', stationId: stationId() } as const;
      return (await requestListRepository.listPage(tx, scope, { view, limit: 50 })).ids;
    });

  it('has two signed conclusions to read, a history, and nothing open but what is planned', async () => {
    const unread = await list('unread');
    expect(
      views
        .filter(({ id }) => unread.includes(id))
        .map(({ status, specialty }) => `${status} ${specialty}`)
        .sort(),
    ).toEqual(['signed cardiology', 'signed neurology']);
    expect((await list('recent')).length).toBeGreaterThan(8);
    const open = await list('open');
    expect(open.length).toBeGreaterThan(2);
    const isPlanned = (id: RequestId) => planned.some((view) => view.id === id);
    expect(open.every(isPlanned)).toBe(true);
  });
});
