import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

/** FHIR Composition, the draft and its current state. Once `final` a trigger refuses every change. */
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
    /** The exact bytes that were signed, UTF-8, canonical JSON (RFC 8785). */
    signedBytes: text('signed_bytes'),
    sha256: text('sha256'),
  },
  (table) => [
    check('composition_status', sql`${table.status} in ('preliminary', 'final', 'amended')`),
    check(
      'composition_signed',
      sql`(${table.status} = 'preliminary') = (${table.signedAt} is null) and (${table.signedAt} is null) = (${table.signedBytes} is null) and (${table.signedBytes} is null) = (${table.sha256} is null)`,
    ),
    uniqueIndex('composition_request').on(table.requestId),
  ],
);
