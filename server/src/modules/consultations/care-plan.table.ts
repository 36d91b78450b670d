import { CARE_TASK_KINDS, CARE_TASK_STATES } from '@jaqyn/shared/consultations/care-plan';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { compositionTable } from './conclusion.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

/** What the patient answered to each recommendation of one edition. Once it is complete a trigger refuses every change. */
export const teachBackTable = sqliteTable(
  'teach_back',
  {
    compositionId: text('composition_id')
      .primaryKey()
      .references(() => compositionTable.id),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    /** Counts saves. */
    version: integer('version').notNull(),
    /** JSON of shared Answer[]. */
    answers: text('answers').notNull(),
    savedAt: text('saved_at').notNull(),
    savedBy: text('saved_by')
      .notNull()
      .references(() => userTable.id),
    completedAt: text('completed_at'),
  },
  (table) => [index('teach_back_request').on(table.requestId)],
);

/** FHIR CarePlan activity. Never deleted (trigger): what is not needed any more is withdrawn. */
export const careTaskTable = sqliteTable(
  'care_task',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    compositionId: text('composition_id')
      .notNull()
      .references(() => compositionTable.id),
    kind: text('kind', { enum: CARE_TASK_KINDS }).notNull(),
    text: text('text').notNull(),
    reason: text('reason').notNull(),
    /** Calendar day in Kazakhstan. */
    dueOn: text('due_on').notNull(),
    status: text('status', { enum: CARE_TASK_STATES }).notNull(),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => userTable.id),
    moves: integer('moves').notNull().default(0),
    moveReason: text('move_reason').notNull().default(''),
    doneAt: text('done_at'),
    doneBy: text('done_by').references(() => userTable.id),
    note: text('note').notNull().default(''),
  },
  (table) => [
    check('care_task_kind', sql`${table.kind} in (${sqlList(CARE_TASK_KINDS)})`),
    check('care_task_status', sql`${table.status} in (${sqlList(CARE_TASK_STATES)})`),
    check('care_task_done', sql`(${table.status} = 'done') = (${table.doneAt} is not null)`),
    index('care_task_request').on(table.requestId),
    index('care_task_open').on(table.dueOn).where(sql`${table.status} = 'open'`),
    index('care_task_done_at').on(table.doneAt).where(sql`${table.doneAt} is not null`),
  ],
);
