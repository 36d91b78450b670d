import { RUNG_KINDS, RUNG_OUTCOMES } from '@jaqyn/shared/ladders/ladder.contract';
import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { serviceRequestTable } from './consultation.table.ts';

/** A rung of the ladder that a call has come to. Where the ladder stands after a restart is its last row. */
export const callRungTable = sqliteTable(
  'call_rung',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    /** The first call of the request is 1; calling again begins at the bottom. */
    attempt: integer('attempt').notNull(),
    /** From 1, in the order they were come to. */
    position: integer('position').notNull(),
    kind: text('kind', { enum: RUNG_KINDS }).notNull(),
    /** Where in the ladder: the step, and of a step that has several rungs the roster's rank. */
    step: integer('step').notNull(),
    rank: integer('rank').notNull(),
    startedAt: text('started_at').notNull(),
    /** When it runs out; null where nothing rings. */
    endsAt: text('ends_at'),
    endedAt: text('ended_at'),
    outcome: text('outcome', { enum: RUNG_OUTCOMES }).notNull(),
    /** JSON: who of the rung was not rung, and why. */
    skipped: text('skipped').notNull(),
    /** JSON: numbers to call by phone. */
    phones: text('phones').notNull(),
  },
  (table) => [
    check('call_rung_kind', sql`${table.kind} in (${sqlList(RUNG_KINDS)})`),
    check('call_rung_outcome', sql`${table.outcome} in (${sqlList(RUNG_OUTCOMES)})`),
    uniqueIndex('call_rung_position').on(table.requestId, table.attempt, table.position),
    // One rung at a time, whatever the code above believes.
    uniqueIndex('call_rung_ringing').on(table.requestId).where(sql`${table.outcome} = 'ringing'`),
  ],
);
