import { createHash, randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Database } from 'better-sqlite3';
import { and, desc, eq } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../../server/src/db/store.ts';

// The shape of "send a chat message": a row, a compare-and-set on its consultation, a chained audit row. Tables of the
// bench's own, so that its figures stay comparable while the product's tables move.

const requestTable = sqliteTable('request', {
  id: text('id').primaryKey(),
  version: integer('version').notNull(),
  changedAt: text('changed_at').notNull(),
});
const messageTable = sqliteTable(
  'message',
  { id: text('id').primaryKey(), requestId: text('request_id').notNull(), body: text('body').notNull() },
  (table) => [index('message_request').on(table.requestId)],
);
const auditTable = sqliteTable(
  'audit',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    entityId: text('entity_id').notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [uniqueIndex('audit_prev_hash').on(table.prevHash)],
);

const CREATE = `
  CREATE TABLE request (id TEXT PRIMARY KEY, version INTEGER NOT NULL, changed_at TEXT NOT NULL);
  CREATE TABLE message (id TEXT PRIMARY KEY, request_id TEXT NOT NULL REFERENCES request (id), body TEXT NOT NULL);
  CREATE INDEX message_request ON message (request_id);
  CREATE TABLE audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, entity_id TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL);
  CREATE UNIQUE INDEX audit_prev_hash ON audit (prev_hash);`;

const REQUESTS = 500;
const BODY = 'Пульсоксиметр 91 %, АҚ 165/95, ЭКГ түсірілді, қазір жіберемін. '.repeat(3);

/** Makes the tables and the consultations the messages belong to. */
export function prepareWorkload(writer: Database): void {
  writer.exec(CREATE);
  const insert = writer.prepare('INSERT INTO request VALUES (?, 0, ?)');
  writer.exec('BEGIN');
  for (let n = 0; n < REQUESTS; n++) insert.run(`request-${n}`, new Date(0).toISOString());
  writer.exec('COMMIT');
}

async function sendMessage(tx: Tx, message: { id: string; requestId: string; at: string }): Promise<void> {
  await tx.insert(messageTable).values({ id: message.id, requestId: message.requestId, body: BODY });
  const [request] = await tx.select().from(requestTable).where(eq(requestTable.id, message.requestId));
  const version = request?.version ?? 0;
  const changed = await tx
    .update(requestTable)
    .set({ version: version + 1, changedAt: message.at })
    .where(and(eq(requestTable.id, message.requestId), eq(requestTable.version, version)));
  if (changed.changes !== 1) throw new Error('the consultation moved on');
  const [last] = await tx.select({ hash: auditTable.hash }).from(auditTable).orderBy(desc(auditTable.seq)).limit(1);
  const prevHash = last?.hash ?? '';
  const hash = createHash('sha256').update(prevHash).update(message.id).digest('hex');
  await tx.insert(auditTable).values({ entityId: message.id, prevHash, hash });
}

export type Transaction = (work: (tx: Tx) => Promise<void>) => Promise<void>;

function createMessage(writer: number, n: number): { id: string; requestId: string; at: string } {
  return {
    id: randomUUID(),
    requestId: `request-${(writer * 7919 + n) % REQUESTS}`,
    at: new Date().toISOString(),
  };
}

export interface Slice {
  readonly writes: number;
  readonly seconds: number;
  /** Milliseconds from the call to the acknowledgement, one a write. */
  readonly latencies: readonly number[];
  /** Acknowledged writes looked for at once on another connection and not found. */
  readonly missing: number;
  /** Milliseconds the event loop was late, 99th percentile. */
  readonly loopDelayP99: number;
}

/**
 * `writers` callers at once for `seconds`, each sending its next message when the last one is acknowledged. Every
 * hundredth acknowledgement is checked on `witness`, a connection that sees only what is committed.
 */
export async function runWorkload(
  transaction: Transaction,
  witness: Database,
  options: { writers: number; seconds: number },
): Promise<Slice> {
  const find = witness.prepare('SELECT 1 FROM message WHERE id = ?');
  const latencies: number[] = [];
  let missing = 0;
  const loopDelay = monitorEventLoopDelay({ resolution: 1 });
  loopDelay.enable();
  const startedAt = performance.now();
  const until = startedAt + options.seconds * 1000;

  const write = async (writer: number): Promise<void> => {
    for (let n = 0; performance.now() < until; n++) {
      const message = createMessage(writer, n);
      const calledAt = performance.now();
      await transaction((tx) => sendMessage(tx, message));
      latencies.push(performance.now() - calledAt);
      if (latencies.length % 100 === 1 && find.get(message.id) === undefined) missing += 1;
    }
  };
  await Promise.all(Array.from({ length: options.writers }, (_, writer) => write(writer)));
  const seconds = (performance.now() - startedAt) / 1000;
  loopDelay.disable();
  return { writes: latencies.length, seconds, latencies, missing, loopDelayP99: loopDelay.percentile(99) / 1e6 };
}

/** `messages` in all, by `writers` callers at once. */
export async function sendMessages(
  transaction: Transaction,
  options: { writers: number; messages: number; onAcknowledged: (id: string) => void },
): Promise<void> {
  let sent = 0;
  const send = async (writer: number): Promise<void> => {
    while (sent < options.messages) {
      const message = createMessage(writer, sent++);
      await transaction((tx) => sendMessage(tx, message));
      options.onAcknowledged(message.id);
    }
  };
  await Promise.all(Array.from({ length: options.writers }, (_, writer) => send(writer)));
}

/** Rows that must be there after `writes` acknowledgements: counted, and the audit chain walked. */
export function findDamage(witness: Database, writes: number): string | undefined {
  const messages = witness.prepare('SELECT count(*) FROM message').pluck().get();
  if (messages !== writes) return `${writes} writes were acknowledged, ${String(messages)} are there`;
  const rows = witness.prepare<[], { prev_hash: string; hash: string }>('SELECT * FROM audit ORDER BY seq').all();
  const broken = rows.findIndex((row, n) => row.prev_hash !== (rows[n - 1]?.hash ?? ''));
  return broken === -1 && rows.length === writes
    ? undefined
    : `the audit chain is broken at ${broken} of ${rows.length}`;
}
