import {
  CONSULTATION_STATES,
  type ConsultationState,
  consultationTransitions,
} from '@jaqyn/shared/consultations/consultation.machine';
import { expect } from 'vitest';
import { auditLog } from '../src/modules/audit/audit-log.ts';
import { checkAcknowledged, checkClock, checkEditions, checkRooms } from './life-checks.ts';
import type { LifeDesk, RequestRow } from './life-desk.ts';

/** Statuses a request was in, so that what is final stays final and what was signed stays signed. */
export interface LifeMemory {
  readonly signed: Map<string, string>;
  readonly texts: Map<string, string>;
  readonly editions: Map<string, string>;
  /** Events that came about. */
  readonly lived: Set<string>;
}

/** Asks every invariant of a life of the database, and of the log alone. */
export async function checkInvariants(desk: LifeDesk, memory: LifeMemory): Promise<void> {
  const rows = desk.raw.prepare('select * from service_request').all() as RequestRow[];
  const callsOf = new Map<string, number>();
  for (const row of rows) {
    const story = `${row.status} v${row.version}`;
    const entries = desk.raw
      .prepare(
        "select action, detail, actor_id, at from audit_event where entity_type = 'consultation' and entity_id = ? order by seq",
      )
      .all(row.id) as { action: string; detail: string; actor_id: string | null; at: string }[];
    const moves = entries
      .map((entry) => ({
        ...entry,
        ...(JSON.parse(entry.detail) as { from?: ConsultationState; to?: ConsultationState }),
      }))
      .filter(({ to }) => to !== undefined && CONSULTATION_STATES.includes(to));

    // 6: every transition is in the log with its actor and time, and the log alone gives the state.
    let state: ConsultationState = 'draft';
    for (const { action, from, to, actor_id, at } of moves) {
      const event = action.replace('consultation.', '') as keyof typeof consultationTransitions;
      expect(from, `${story}: ${action}`).toBe(state);
      const transition = consultationTransitions[event];
      memory.lived.add(event);
      expect(transition.from as readonly string[], action).toContain(state);
      expect(transition.to, action).toBe(to);
      expect(actor_id !== null || (transition.by as readonly string[]).includes('system'), action).toBe(true);
      expect(at, action).toMatch(/Z$/);
      state = to ?? state;
    }
    expect(state, story).toBe(row.status);

    // 1: hanging up or a dropped link ends nothing.
    const hangUps = moves.filter(({ action }) => ['consultation.interrupt', 'consultation.end_call'].includes(action));
    for (const { to } of hangUps) expect(['interrupted', 'conclusion_draft']).toContain(to);
    // One rung, and phones ring exactly while it does.
    const isRinging = row.status === 'ringing' || row.status === 'escalated';
    const rungs = count(desk, "select count(*) from call_rung where request_id = ? and outcome = 'ringing'", row.id);
    const rings = count(desk, "select count(*) from ring where request_id = ? and outcome = 'ringing'", row.id);
    expect([rungs, rings > 0, row.ring_deadline !== null], story).toEqual([isRinging ? 1 : 0, isRinging, isRinging]);
    // 3: whoever is to act has the request, and nobody without a specialist talks or writes.
    const needsSomebody = ['in_call', 'interrupted', 'async_assigned', 'conclusion_draft', 'signed'].includes(
      row.status,
    );
    expect(!needsSomebody || row.practitioner_id !== null, story).toBe(true);
    // 5: one specialist, one call.
    if (row.status === 'in_call')
      callsOf.set(row.practitioner_id ?? '', (callsOf.get(row.practitioner_id ?? '') ?? 0) + 1);
    // 8: the clock stands exactly while the station is asked.
    expect([row.paused_at !== null, row.asked_from !== null], story).toEqual(
      Array(2).fill(row.status === 'info_requested'),
    );
    const open = count(
      desk,
      'select count(*) from information_request where request_id = ? and answer is null and withdrawn_at is null',
      row.id,
    );
    expect(row.status !== 'info_requested' || open === 1, story).toBe(true);
    // No guard is passed by: an emergency alone goes without its patient.
    expect(row.urgency === 'stat' || row.patient_id !== null, story).toBe(true);

    // 4 and 7: what was signed and typed is there, byte for byte, whatever came after.
    const signed = desk.raw
      .prepare('select sha256 from composition where request_id = ? and signed_at is not null and edition = 1')
      .pluck()
      .get(row.id) as string | undefined;
    expect(signed, story).toBe(memory.signed.get(row.id) ?? signed);
    if (signed !== undefined) memory.signed.set(row.id, signed);
    const text = desk.raw.prepare('select reason from service_request where id = ?').pluck().get(row.id) as string;
    expect(text).toBe(memory.texts.get(row.id) ?? text);
    memory.texts.set(row.id, text);
  }
  for (const calls of callsOf.values()) expect(calls).toBe(1);
  await desk.rooms.look();
  checkRooms(desk.raw, desk.rooms);
  checkAcknowledged(desk.raw, desk.said);
  checkEditions(desk.raw, memory.editions);
  if (rows[0] !== undefined) await checkClock(desk, rows[0].id);
  expect(await desk.store.read((tx) => auditLog.findFirstBroken(tx))).toBeUndefined();
}

function count(desk: LifeDesk, sql: string, id: string): number {
  return desk.raw.prepare(sql).pluck().get(id) as number;
}
