import { CONSULT_TEXT_KINDS } from '@jaqyn/shared/consultations/consult-search.contract';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { serviceRequestTable } from './consultation.table.ts';

/** What can be searched, folded; the words themselves stay where they were written. Triggers keep the full-text index beside it. */
export const consultTextTable = sqliteTable(
  'consult_text',
  {
    seq: integer('seq').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    kind: text('kind', { enum: CONSULT_TEXT_KINDS }).notNull(),
    /** The message, the request or the signed edition. */
    refId: text('ref_id').notNull(),
    at: text('at').notNull(),
    searchKey: text('search_key').notNull(),
  },
  (table) => [
    check('consult_text_kind', sql`${table.kind} in (${sqlList(CONSULT_TEXT_KINDS)})`),
    uniqueIndex('consult_text_ref').on(table.kind, table.refId),
    index('consult_text_request').on(table.requestId),
  ],
);

/** Written and not indexed yet: triggers note it in the unit of work that writes, whoever that is. */
export const consultTextQueueTable = sqliteTable('consult_text_queue', {
  seq: integer('seq').primaryKey(),
  kind: text('kind', { enum: CONSULT_TEXT_KINDS }).notNull(),
  refId: text('ref_id').notNull(),
});
