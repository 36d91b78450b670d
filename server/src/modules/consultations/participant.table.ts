import { PARTICIPANT_TYPES } from '@jaqyn/shared/consultations/participant.contract';
import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

/**
 * FHIR Encounter.participant: who was asked into the call besides the station and the specialist, who is the request's own (PPRF).
 * Never deleted (trigger); who is sent out has an end.
 */
export const participantTable = sqliteTable(
  'participant',
  {
    /** Made by the browser of whoever asks, so that asking twice asks once. */
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    userId: text('user_id')
      .notNull()
      .references(() => userTable.id),
    type: text('type', { enum: PARTICIPANT_TYPES }).notNull(),
    /** Null: a member of the consilium it was booked as. */
    invitedBy: text('invited_by').references(() => userTable.id),
    invitedAt: text('invited_at').notNull(),
    /** Who asked the patient, and when: they agreed to this observer. */
    consentBy: text('consent_by').references(() => userTable.id),
    consentAt: text('consent_at'),
    removedBy: text('removed_by').references(() => userTable.id),
    removedAt: text('removed_at'),
  },
  (table) => [
    check('participant_type', sql`${table.type} in (${sqlList(PARTICIPANT_TYPES)})`),
    check('participant_consent', sql`(${table.consentAt} is null) = (${table.consentBy} is null)`),
    check('participant_removed', sql`${table.removedBy} is null or ${table.removedAt} is not null`),
    // One part a person: nobody observes and advises at once.
    uniqueIndex('participant_live').on(table.requestId, table.userId).where(sql`${table.removedAt} is null`),
    index('participant_request').on(table.requestId, table.invitedAt),
    index('participant_user').on(table.userId, table.invitedAt),
  ],
);
