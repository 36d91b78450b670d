import { limitOf, WaitingLimits } from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Database } from 'better-sqlite3';
import { expect } from 'vitest';
import type { Actor } from '../src/kernel/actor.ts';
import type { createTestServices } from './build-services.ts';
import type { LifeRooms } from './life-rooms.ts';

/** What somebody's screen has called sent or saved: where it must be found, and the words. */
export interface Acknowledged {
  readonly sql: string;
  readonly id: string;
  readonly words: string;
}

/** 7: whatever was acknowledged is in the database, in those words, whatever happened since. */
export function checkAcknowledged(raw: Database, said: readonly Acknowledged[]): void {
  for (const { sql, id, words } of said) expect(raw.prepare(sql).pluck().get(id), sql).toBe(words);
}

/** 2: one open attempt per participant, in the rooms and in what is measured of them. */
export function checkRooms(raw: Database, rooms: LifeRooms): void {
  const seats = rooms.registry.listSeated().map(({ requestId, peer }) => `${requestId} ${peer.actor.userId}`);
  expect(seats.length, 'two of one person in a room').toBe(new Set(seats).size);
  const doubled = raw
    .prepare(
      'select request_id, user_id from media_stay where is_over = 0 group by request_id, user_id having count(*) > 1',
    )
    .all();
  expect(doubled, 'two open stays of one person').toEqual([]);
  const overlapping = raw
    .prepare(
      `select a.peer_id from media_stay a join media_stay b on a.request_id = b.request_id and a.user_id = b.user_id
        and a.peer_id < b.peer_id and a.joined_at < b.seen_at and b.joined_at < a.seen_at`,
    )
    .all();
  expect(overlapping, 'one person twice at one time').toEqual([]);
}

interface LadderRow {
  readonly id: string;
  readonly specialty: string | null;
  readonly effective_from: string;
  readonly created_at: string;
  readonly steps: string;
}

/** 10: editions stay as they were made, and a call goes by the one that was in force when it began. */
export function checkEditions(raw: Database, seen: Map<string, string>): void {
  const editions = [
    ...(raw.prepare('select id, * from escalation_ladder').all() as LadderRow[]),
    ...(raw.prepare('select id, * from waiting_limit').all() as { id: string }[]),
  ];
  for (const row of editions) {
    const text = JSON.stringify(row);
    expect(seen.get(row.id) ?? text).toBe(text);
    seen.set(row.id, text);
  }
  const ladders = raw
    .prepare('select * from escalation_ladder order by effective_from desc, created_at desc, id desc')
    .all() as LadderRow[];
  const calls = raw
    .prepare(
      `select r.id, r.specialty, r.ladder_id as ladderId, min(c.started_at) as begunAt from service_request r
        join call_rung c on c.request_id = r.id and c.attempt = r.call_attempt
        where r.status in ('ringing', 'escalated', 'in_call') group by r.id`,
    )
    .all() as { id: string; specialty: string; ladderId: string | null; begunAt: string }[];
  for (const { id, specialty, ladderId, begunAt } of calls) {
    const choose = (known: readonly LadderRow[]) => {
      for (const scope of [specialty, null]) {
        const newest = known.find((one) => one.specialty === scope && one.effective_from <= begunAt);
        if (newest !== undefined && newest.steps !== '[]') return newest.id;
      }
      return null;
    };
    // Of those that were made in the same instant nobody can say which came first.
    const before = ladders.filter(({ created_at }) => created_at < begunAt);
    const together = ladders.filter(({ created_at }) => created_at === begunAt);
    const possible = [
      choose(before),
      choose(ladders.filter(({ created_at }) => created_at <= begunAt)),
      ...together.map((one) => choose([one, ...before].toSorted(newestFirst))),
    ];
    expect(possible, `${id} begun at ${begunAt}`).toContain(ladderId);
  }
}

function newestFirst(a: LadderRow, b: LadderRow): number {
  const key = (row: LadderRow) => `${row.effective_from} ${row.created_at} ${row.id}`;
  return key(a) < key(b) ? 1 : -1;
}

type Desk = Pick<Awaited<ReturnType<typeof createTestServices>>, 'consultations' | 'evidence' | 'clock'> & {
  readonly raw: Database;
  readonly coordinator: Actor;
};

/** 8 and 10: a clock that runs is judged by the limits in force now, whatever was in force when it began. */
export async function checkClock({ consultations, clock, raw, coordinator }: Desk, id: RequestId): Promise<void> {
  const { waiting, urgency } = await consultations.getConsultation(coordinator, id);
  if (waiting === null) return;
  const stored = raw
    .prepare(
      'select limits from waiting_limit where effective_from <= ? order by effective_from desc, created_at desc, id desc',
    )
    .pluck()
    .get(clock.instant()) as string | undefined;
  if (stored === undefined) return;
  const { limit } = limitOf(WaitingLimits.parse(JSON.parse(stored)), waiting.phase, urgency);
  expect(Date.parse(waiting.dueAt) - Date.parse(waiting.since)).toBe(limit * 60_000);
}

/** 9: what is payable follows from what was measured and logged alone; counted here second by second, from the rows. */
export async function checkPayable({ evidence, raw, coordinator }: Desk, id: RequestId): Promise<string> {
  const { evidence: measured, judgement, signedSha256 } = await evidence.getEvidence(coordinator, id);
  const together = countSeconds(
    raw,
    id,
    'select side, joined_at as a, seen_at as b from media_stay where request_id = ?',
  );
  if (signedSha256 === null) expect(measured.together).toBe(together);
  const heard = countSeconds(
    raw,
    id,
    `select s.side, i.started_at as a, i.ended_at as b from media_interval i join media_stay s on s.peer_id = i.peer_id
      where i.request_id = ? and i.direction = 'from' and i.kind = 'audio'`,
  );
  const has = (sql: string) => raw.prepare(sql).pluck().get(id) !== undefined;
  const isCall = has(
    'select 1 from service_request where id = ? and (answered_at is not null or exists (select 1 from media_stay where request_id = service_request.id))',
  );
  const isSigned = has('select 1 from composition where request_id = ? and signed_at is not null');
  const isRead = has("select 1 from audit_event where entity_id = ? and action = 'consultation.acknowledge'");
  if (judgement.verdict === 'payable') {
    expect({ isSigned, isRead, isTalk: !isCall || (together >= 120 && heard >= 60) }).toEqual({
      isSigned: true,
      isRead: true,
      isTalk: true,
    });
  }
  if (isCall && (together < 120 || heard < 60)) expect(judgement.verdict).toBe('refused');
  return judgement.verdict;
}

/** Seconds in which both sides were there. */
function countSeconds(raw: Database, id: string, sql: string): number {
  const rows = raw.prepare(sql).all(id) as { side: string; a: string; b: string }[];
  const secondsOf = (side: string) =>
    new Set(
      rows
        .filter((row) => row.side === side)
        .flatMap(({ a, b }) => {
          const [from, to] = [Math.floor(Date.parse(a) / 1000), Math.floor(Date.parse(b) / 1000)];
          return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
        }),
    );
  const specialist = secondsOf('specialist');
  return [...secondsOf('station')].filter((second) => specialist.has(second)).length;
}
