import { PREGNANCIES } from '@jaqyn/shared/protocols/pregnancy';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { protocolVersionTable } from '../protocols/protocol.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

/** What a station writes on the card of a request beside the question. */
export const requestCardTable = sqliteTable(
  'request_card',
  {
    requestId: text('request_id')
      .primaryKey()
      .references(() => serviceRequestTable.id),
    version: integer('version').notNull(),
    complaints: text('complaints').notNull(),
    anamnesis: text('anamnesis').notNull(),
    urgencyReason: text('urgency_reason').notNull(),
    pregnancy: text('pregnancy', { enum: PREGNANCIES }).notNull(),
    /** JSON: item of the protocol → why this station cannot give it. */
    notPossible: text('not_possible').notNull(),
    /** Judged by this version for good; null where the specialty had none. */
    protocolId: text('protocol_id').references(() => protocolVersionTable.id),
    /** Of what came with the request, so that sending it again is known from sending another. */
    intakeSha256: text('intake_sha256').notNull(),
    updatedAt: text('updated_at').notNull(),
    updatedBy: text('updated_by')
      .notNull()
      .references(() => userTable.id),
  },
  (table) => [
    check('request_card_pregnancy', sql`${table.pregnancy} in (${sqlList(PREGNANCIES)})`),
    check('request_card_version', sql`${table.version} >= 1`),
  ],
);

/** Danger signs that were looked for, with what was found and by which versions; the latest counts, none is changed (trigger). */
export const dangerCheckTable = sqliteTable(
  'danger_check',
  {
    seq: integer('seq').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    /** JSON of shared DangerCheckInput.protocols. */
    protocols: text('protocols').notNull(),
    raisedTo: text('raised_to', { enum: ['urgent', 'asap', 'stat'] }),
    overrideReason: text('override_reason').notNull(),
    at: text('at').notNull(),
    checkedBy: text('checked_by')
      .notNull()
      .references(() => userTable.id),
  },
  (table) => [index('danger_check_request').on(table.requestId, table.seq)],
);

/** "Still so": the patient's summary was read out for this request, in which version and when; never changed (trigger). */
export const summaryConfirmationTable = sqliteTable(
  'summary_confirmation',
  {
    seq: integer('seq').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    patientId: text('patient_id').notNull(),
    summaryVersion: integer('summary_version').notNull(),
    at: text('at').notNull(),
    confirmedBy: text('confirmed_by')
      .notNull()
      .references(() => userTable.id),
  },
  (table) => [index('summary_confirmation_request').on(table.requestId, table.seq)],
);
