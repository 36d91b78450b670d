import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientTable } from '../patients/patient.table.ts';

/** What is read aloud, one row a version; never changed (trigger). In force: the highest version that has begun. */
export const consentTextTable = sqliteTable(
  'consent_text',
  {
    id: text('id').primaryKey(),
    language: text('language', { enum: ['kk', 'ru', 'en'] }).notNull(),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    /** Of the text in UTF-8. */
    sha256: text('sha256').notNull(),
    effectiveFrom: text('effective_from').notNull(),
    createdAt: text('created_at').notNull(),
    /** Null for what the product brings along. */
    createdBy: text('created_by').references(() => userTable.id),
  },
  (table) => [
    check('consent_text_language', sql`${table.language} in ('kk', 'ru', 'en')`),
    check('consent_text_sha256', sql`length(${table.sha256}) = 64`),
    uniqueIndex('consent_text_version').on(table.language, table.version),
  ],
);

/** FHIR Consent: each word about it is a row, the latest counts; never changed (trigger). */
export const consentTable = sqliteTable(
  'consent',
  {
    seq: integer('seq').primaryKey(),
    id: text('id').notNull().unique(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    /** Whom it is about, as known at that moment: in an emergency nobody yet. */
    patientId: text('patient_id').references(() => patientTable.id),
    kind: text('kind', { enum: ['given', 'emergency', 'withdrawn'] }).notNull(),
    textId: text('text_id').references(() => consentTextTable.id),
    textVersion: integer('text_version'),
    textSha256: text('text_sha256'),
    language: text('language', { enum: ['kk', 'ru', 'en'] }),
    method: text('method', { enum: ['oral', 'written', 'representative'] }),
    representative: text('representative').notNull(),
    reason: text('reason').notNull(),
    at: text('at').notNull(),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => userTable.id),
  },
  (table) => [
    check('consent_kind', sql`${table.kind} in ('given', 'emergency', 'withdrawn')`),
    check('consent_method', sql`${table.method} is null or ${table.method} in ('oral', 'written', 'representative')`),
    // Agreed to something that was read; or said why not.
    check(
      'consent_says',
      sql`(${table.kind} = 'given' and ${table.textId} is not null and ${table.textSha256} is not null and ${table.language} is not null and ${table.method} is not null) or (${table.kind} <> 'given' and ${table.textId} is null and length(${table.reason}) > 0)`,
    ),
    check(
      'consent_representative',
      sql`${table.method} is null or ${table.method} <> 'representative' or length(${table.representative}) > 0`,
    ),
    index('consent_request').on(table.requestId, table.seq),
  ],
);
