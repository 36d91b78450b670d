import type { DatabaseSync } from 'node:sqlite';
import type { StoredEntry } from '../../server/src/modules/audit/audit-entry.ts';
import type { LogToVerify } from '../../server/src/modules/audit/log-verifier.ts';

export function readEntries(database: DatabaseSync): Iterable<StoredEntry> {
  return database
    .prepare(
      `SELECT seq, at, actor_id actorId, actor_role actorRole, action, entity_type entityType, entity_id entityId, detail,
         prev_hash prevHash, hash FROM audit_event ORDER BY seq`,
    )
    .iterate() as Iterable<never>;
}

export function readTree(database: DatabaseSync): Pick<LogToVerify, 'tree' | 'lastNumber'> {
  const hasTree = hasTable(database, 'audit_tree');
  const row = hasTree && database.prepare('SELECT size, frontier, last_hash lastHash FROM audit_tree').get();
  const count = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit_event'").get();
  return {
    tree: row ? (row as unknown as LogToVerify['tree']) : undefined,
    lastNumber: count === undefined ? undefined : Number(count['seq']),
  };
}

export function hasTable(database: DatabaseSync, name: string): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

export interface LoggedSignature {
  readonly seq: number;
  readonly requestId: string;
  readonly manifest: string | undefined;
}

/** What the log says should be there, gathered while it is walked. */
export class LogIndex {
  /** By SHA-256 of the document. */
  readonly signed = new Map<string, LoggedSignature>();
  /** The last state of each request, and the entry that says so. */
  readonly states = new Map<string, { readonly seq: number; readonly to: string }>();
  /** By id. */
  readonly messages = new Map<string, number>();

  *watch(entries: Iterable<StoredEntry>): Iterable<StoredEntry> {
    for (const entry of entries) {
      yield entry;
      this.add(entry);
    }
  }

  add({ seq, action, entityType, entityId, detail }: StoredEntry): void {
    if (entityType === 'message' && action === 'message.send') this.messages.set(entityId, seq);
    if (entityType !== 'consultation') return;
    const { to, sha256, manifest } = readDetail(detail);
    if (typeof to === 'string') this.states.set(entityId, { seq, to });
    if (typeof sha256 === 'string') {
      this.signed.set(sha256, {
        seq,
        requestId: entityId,
        manifest: typeof manifest === 'string' ? manifest : undefined,
      });
    }
  }
}

function readDetail(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}
