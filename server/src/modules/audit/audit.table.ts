import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** FHIR AuditEvent, append-only (a trigger refuses UPDATE and DELETE), each row hashed over the one before it. */
/**
 * Entries that say how something is from then on, until the next of them: the log is where it is kept. Written out, not bound: an index
 * over a part of the rows is only taken where the question says the same words.
 */
export const IS_STATE = sql.raw(`"action" in ('consultation.draw_curtain', 'consultation.open_curtain')`);

export const auditEventTable = sqliteTable(
  'audit_event',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    at: text('at').notNull(),
    /** Null for the system's own clocks. */
    actorId: text('actor_id'),
    actorRole: text('actor_role'),
    action: text('action').notNull(),
    entityType: text('entity_type').notNull(),
    entityId: text('entity_id').notNull(),
    /** JSON, RFC 8785; never names, complaints or conclusions. */
    detail: text('detail').notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    uniqueIndex('audit_event_prev_hash').on(table.prevHash),
    // Every reading adds a row: looking through all of them for one request's timeline would stop the server for seconds.
    index('audit_event_entity').on(table.entityType, table.entityId),
    index('audit_event_state').on(table.entityId, table.seq).where(IS_STATE),
  ],
);

/** The Merkle tree over the log as it stands: one row. Triggers let it grow by one leaf at a time and never go. */
export const auditTreeTable = sqliteTable(
  'audit_tree',
  {
    id: integer('id').primaryKey(),
    /** Leaves: entries of the log. */
    size: integer('size').notNull(),
    /** Hex of the roots of the perfect subtrees, the largest first, without anything between them. */
    frontier: text('frontier').notNull(),
    /** Of the newest entry: the next one is chained to it. */
    lastHash: text('last_hash').notNull(),
  },
  (table) => [check('audit_tree_one', sql`${table.id} = 1`)],
);
