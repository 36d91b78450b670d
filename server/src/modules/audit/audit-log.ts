import { createHash } from 'node:crypto';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import { auditRepository } from './audit.repository.ts';

export type AuditEntity =
  | 'user'
  | 'session'
  | 'patient'
  | 'consultation'
  | 'conclusion'
  | 'message'
  | 'practitioner'
  | 'appointment'
  | 'roster'
  | 'healthcare_service'
  | 'special_day'
  | 'station'
  | 'calendar_feed'
  | 'notice'
  | 'certificate'
  | 'database';

export interface AuditEntry {
  readonly at: Instant;
  /** Null: the system's own clocks. */
  readonly actor: Pick<Actor, 'userId' | 'role'> | null;
  /** Dotted, past tense avoided: `consultation.answer`, `patient.read`. */
  readonly action: string;
  readonly entityType: AuditEntity;
  readonly entityId: string;
  /** Ids, codes and states. Never names, complaints or conclusions. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Hash before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 over the previous hash and the entry's canonical JSON: changing, removing or reordering a row breaks every later one. */
export function auditHash(prevHash: string, entry: AuditEntry): string {
  return createHash('sha256').update(prevHash).update('\n').update(canonicalEntry(entry)).digest('hex');
}

function canonicalEntry(entry: AuditEntry): string {
  return canonicalize({
    at: entry.at,
    actorId: entry.actor?.userId ?? null,
    actorRole: entry.actor?.role ?? null,
    action: entry.action,
    entityType: entry.entityType,
    entityId: entry.entityId,
    detail: entry.detail ?? {},
  });
}

export const auditLog = {
  /** Appends in the caller's transaction, so that the change and its trace are one. */
  async append(tx: Tx, entry: AuditEntry): Promise<void> {
    const prevHash = (await auditRepository.findLastHash(tx)) ?? GENESIS_HASH;
    await auditRepository.insert(tx, {
      at: entry.at,
      actorId: entry.actor?.userId ?? null,
      actorRole: entry.actor?.role ?? null,
      action: entry.action,
      entityType: entry.entityType,
      entityId: entry.entityId,
      detail: canonicalize(entry.detail ?? {}),
      prevHash,
      hash: auditHash(prevHash, entry),
    });
  },

  /** What happened to one entity, oldest first; `detail` is JSON. */
  listForEntity(tx: Tx, entityType: AuditEntity, entityId: string) {
    return auditRepository.listForEntity(tx, entityType, entityId);
  },

  /** Walks the whole chain; answers the first entry that does not fit, or undefined. */
  async findFirstBroken(tx: Tx): Promise<number | undefined> {
    let prevHash = GENESIS_HASH;
    for (const row of await auditRepository.listAll(tx)) {
      const detail = parseDetail(row.detail);
      if (detail === undefined) return row.seq;
      const entry = {
        at: row.at as Instant,
        actor: row.actorId === null ? null : { userId: row.actorId, role: row.actorRole },
        action: row.action,
        entityType: row.entityType,
        entityId: row.entityId,
        detail,
      } as AuditEntry;
      if (row.prevHash !== prevHash || row.hash !== auditHash(prevHash, entry)) return row.seq;
      prevHash = row.hash;
    }
    return undefined;
  },
};

/** Undefined when the text is not what `append` wrote: canonical JSON of an object. */
function parseDetail(text: string): AuditEntry['detail'] | undefined {
  try {
    const detail = JSON.parse(text) as NonNullable<AuditEntry['detail']> | null;
    return detail !== null && canonicalize(detail) === text ? detail : undefined;
  } catch {
    return undefined;
  }
}
