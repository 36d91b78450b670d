import { CONSULTATION_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import { DECISION_KINDS } from '@jaqyn/shared/consultations/progress.contract';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

/** What was decided about a request, by whom and why; the words are for the station. */
export const triageDecisionTable = sqliteTable(
  'triage_decision',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    kind: text('kind', { enum: DECISION_KINDS }).notNull(),
    decidedBy: text('decided_by')
      .notNull()
      .references(() => userTable.id),
    decidedAt: text('decided_at').notNull(),
    /** From a list by kind; null where there is none. */
    reason: text('reason'),
    note: text('note').notNull(),
    /** The request's version after it: taking it back asks whether anything has happened since. */
    version: integer('version').notNull(),
    /** JSON of what taking it back restores. */
    before: text('before').notNull(),
    undoneAt: text('undone_at'),
  },
  (table) => [
    check('triage_decision_kind', sql`${table.kind} in (${sqlList(DECISION_KINDS)})`),
    index('triage_decision_request').on(table.requestId, table.decidedAt),
  ],
);

/** A question to the station and its answer: FHIR Communication about the request. */
export const informationRequestTable = sqliteTable(
  'information_request',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    askedFrom: text('asked_from', { enum: CONSULTATION_STATES }).notNull(),
    question: text('question').notNull(),
    askedBy: text('asked_by')
      .notNull()
      .references(() => userTable.id),
    askedAt: text('asked_at').notNull(),
    answer: text('answer'),
    answeredBy: text('answered_by').references(() => userTable.id),
    answeredAt: text('answered_at'),
    /** Taken back before anybody answered. */
    withdrawnAt: text('withdrawn_at'),
  },
  (table) => [
    check('information_request_answered', sql`(${table.answer} is null) = (${table.answeredAt} is null)`),
    index('information_request_request').on(table.requestId, table.askedAt),
  ],
);
