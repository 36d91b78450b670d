import { createHash } from 'node:crypto';
import type { AuditAction } from '@jaqyn/shared/audit/audit-actions';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import { leafHash, type TreeState } from './merkle-tree.ts';

export type AuditEntity =
  | 'user'
  | 'session'
  | 'patient'
  | 'consultation'
  | 'care_task'
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
  | 'database'
  | 'evidence'
  | 'code_list'
  | 'protocol'
  | 'consent_text'
  | 'patient_merge'
  | 'conclusion_template'
  | 'ladder'
  | 'waiting_limit'
  | 'evidence_limit'
  | 'attachment';

export interface AuditEntry {
  readonly at: Instant;
  /** Null: the system's own clocks. */
  readonly actor: Pick<Actor, 'userId' | 'role'> | null;
  /** Dotted, past tense avoided: `consultation.answer`, `patient.read`. */
  readonly action: AuditAction;
  readonly entityType: AuditEntity;
  readonly entityId: string;
  /** Ids, codes and states. Never names, complaints or conclusions. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

const READING = /\.(read(_\w+)?|list|search|find\w*)$/;

/** Somebody saw something; every other action changed something. */
export function isReading(action: string): boolean {
  return READING.test(action);
}

/** Hash before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 over the previous hash and the entry's canonical JSON: changing, removing or reordering a row breaks every later one. */
export function auditHash(prevHash: string, entry: AuditEntry): string {
  return hashOf(prevHash, {
    at: entry.at,
    actorId: entry.actor?.userId ?? null,
    actorRole: entry.actor?.role ?? null,
    action: entry.action,
    entityType: entry.entityType,
    entityId: entry.entityId,
    detail: entry.detail ?? {},
  });
}

/** The leaf of an entry: its number, and through its hash its content and everything before it. */
export function auditLeaf(seq: number, hash: string): Buffer {
  return leafHash(Buffer.from(`${seq}\n${hash}`, 'utf8'));
}

export interface StoredEntry {
  readonly seq: number;
  readonly at: string;
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly action: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly detail: string;
  readonly prevHash: string;
  readonly hash: string;
}

/** What is wrong with a stored entry after one with `prevHash`. */
export function findEntryFault(row: StoredEntry, prevHash: string): 'out_of_order' | 'altered' | undefined {
  if (row.prevHash !== prevHash) return 'out_of_order';
  const { at, actorId, actorRole, action, entityType, entityId } = row;
  const detail = parseDetail(row.detail);
  if (detail === undefined) return 'altered';
  const hash = hashOf(prevHash, { at, actorId, actorRole, action, entityType, entityId, detail });
  return hash === row.hash ? undefined : 'altered';
}

export function encodeFrontier({ frontier }: TreeState): string {
  return frontier.map((root) => root.toString('hex')).join('');
}

/** Throws for a text that no tree of this size has: the database was altered. */
export function decodeFrontier(size: number, text: string): TreeState {
  const frontier = (text.match(/[0-9a-f]{64}/g) ?? []).map((root) => Buffer.from(root, 'hex'));
  const roots = size.toString(2).replaceAll('0', '').length;
  if (frontier.length !== roots || text.length !== roots * 64) throw new Error('the tree of the audit log is damaged');
  return { size, frontier };
}

function hashOf(prevHash: string, content: object): string {
  return createHash('sha256').update(prevHash).update('\n').update(canonicalize(content)).digest('hex');
}

/** Undefined when the text is not what was written: canonical JSON of an object. */
function parseDetail(text: string): AuditEntry['detail'] | undefined {
  try {
    const detail = JSON.parse(text) as NonNullable<AuditEntry['detail']> | null;
    return detail !== null && canonicalize(detail) === text ? detail : undefined;
  } catch {
    return undefined;
  }
}
