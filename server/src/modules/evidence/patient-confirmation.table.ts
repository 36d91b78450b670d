import { LANGUAGES } from '@jaqyn/shared/auth/auth.contract';
import { CONFIRMATION_METHODS, CONFIRMATION_PEOPLE } from '@jaqyn/shared/evidence/patient-confirmation.contract';
import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';

/** What a patient said of their consult after it. Never changes (trigger); the latest counts. */
export const patientConfirmationTable = sqliteTable(
  'patient_confirmation',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    answer: text('answer', { enum: ['yes', 'no'] }).notNull(),
    method: text('method', { enum: CONFIRMATION_METHODS }).notNull(),
    by: text('by', { enum: CONFIRMATION_PEOPLE }).notNull(),
    language: text('language', { enum: LANGUAGES }).notNull(),
    recordedAt: text('recorded_at').notNull(),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => userTable.id),
  },
  (table) => [
    check('patient_confirmation_answer', sql`${table.answer} in ('yes', 'no')`),
    check('patient_confirmation_method', sql`${table.method} in (${sqlList(CONFIRMATION_METHODS)})`),
    check('patient_confirmation_by', sql`${table.by} in (${sqlList(CONFIRMATION_PEOPLE)})`),
    index('patient_confirmation_request').on(table.requestId, table.recordedAt),
  ],
);
