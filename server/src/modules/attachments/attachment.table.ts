import {
  ATTACHMENT_KINDS,
  ATTACHMENT_REFUSALS,
  ATTACHMENT_STATES,
  RENDITION_ROLES,
} from '@jaqyn/shared/attachments/attachment.contract';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';

/** FHIR DocumentReference. Triggers refuse to delete one, and to change what is in it once it is stored. */
export const attachmentTable = sqliteTable(
  'attachment',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    kind: text('kind', { enum: ATTACHMENT_KINDS }).notNull(),
    note: text('note').notNull(),
    fileName: text('file_name').notNull(),
    status: text('status', { enum: ATTACHMENT_STATES }).notNull(),
    problem: text('problem', { enum: ATTACHMENT_REFUSALS }),
    /** As announced; the upload is complete when so many bytes with this hash are here. */
    byteLength: integer('byte_length').notNull(),
    sha256: text('sha256').notNull(),
    pages: integer('pages').notNull(),
    quickLookOf: text('quick_look_of'),
    uploadedBy: text('uploaded_by')
      .notNull()
      .references(() => userTable.id),
    createdAt: text('created_at').notNull(),
    /** An upload that stands still until then is given up. Survives a restart. */
    expiresAt: text('expires_at').notNull(),
    storedAt: text('stored_at'),
  },
  (table) => [
    check('attachment_status', sql`${table.status} in (${sqlList(ATTACHMENT_STATES)})`),
    check('attachment_kind', sql`${table.kind} in (${sqlList(ATTACHMENT_KINDS)})`),
    check('attachment_problem', sql`(${table.status} = 'refused') = (${table.problem} is not null)`),
    check('attachment_stored', sql`(${table.status} in ('stored', 'withdrawn')) = (${table.storedAt} is not null)`),
    index('attachment_request').on(table.requestId, table.createdAt),
    // What is under way; the rest is history.
    index('attachment_pending')
      .on(table.status, table.expiresAt)
      .where(sql`${table.status} in ('uploading', 'checking')`),
  ],
);

/** FHIR Media: what was made of a file, by the hash of its bytes. Append-only. */
export const renditionTable = sqliteTable(
  'attachment_rendition',
  {
    attachmentId: text('attachment_id')
      .notNull()
      .references(() => attachmentTable.id),
    role: text('role', { enum: RENDITION_ROLES }).notNull(),
    page: integer('page').notNull(),
    mediaType: text('media_type').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    byteLength: integer('byte_length').notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attachmentId, table.role, table.page] }),
    check('attachment_rendition_role', sql`${table.role} in (${sqlList(RENDITION_ROLES)})`),
  ],
);
