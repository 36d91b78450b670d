import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

/**
 * FHIR Composition, one row for each edition of a conclusion: the first, and one more for each amendment. Once it is signed a trigger
 * refuses every change; what replaces it is another row.
 */
export const compositionTable = sqliteTable(
  'composition',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    status: text('status', { enum: ['preliminary', 'final', 'amended'] }).notNull(),
    /** Counts saves; a save names the version it started from. */
    version: integer('version').notNull(),
    /** JSON of shared ConclusionContent. */
    content: text('content').notNull(),
    authorId: text('author_id')
      .notNull()
      .references(() => userTable.id),
    savedAt: text('saved_at').notNull(),
    signedAt: text('signed_at'),
    /** The document that was signed, UTF-8, canonical JSON (RFC 8785). */
    signedBytes: text('signed_bytes'),
    sha256: text('sha256'),
    /** 1 for the first, then counting on. */
    edition: integer('edition').notNull().default(1),
    /** Random, printed as the QR code of this edition; null only for what was written before there were any. */
    token: text('token'),
    /** Why the edition before it is replaced. */
    amendReason: text('amend_reason'),
  },
  (table) => [
    check('composition_status', sql`${table.status} in ('preliminary', 'final', 'amended')`),
    check(
      'composition_signed',
      sql`(${table.status} = 'preliminary') = (${table.signedAt} is null) and (${table.signedAt} is null) = (${table.signedBytes} is null) and (${table.signedBytes} is null) = (${table.sha256} is null)`,
    ),
    uniqueIndex('composition_request').on(table.requestId, table.edition),
    // One is being written at a time.
    uniqueIndex('composition_one_draft').on(table.requestId).where(sql`${table.status} = 'preliminary'`),
    uniqueIndex('composition_token').on(table.token),
  ],
);
