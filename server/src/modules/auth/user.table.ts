import { LANGUAGES, ROLES } from '@jaqyn/shared/auth/auth.contract';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';

export const userTable = sqliteTable(
  'user',
  {
    id: text('id').primaryKey(),
    /** Lower case. */
    login: text('login').notNull().unique(),
    displayName: text('display_name').notNull(),
    /** argon2id in PHC form. */
    passwordHash: text('password_hash').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    language: text('language', { enum: LANGUAGES }).notNull().default('kk'),
    stationId: text('station_id').references(() => stationTable.id),
    practitionerId: text('practitioner_id').references(() => practitionerTable.id),
    isDisabled: integer('is_disabled', { mode: 'boolean' }).notNull().default(false),
    isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
    createdAt: text('created_at').notNull(),
  },
  (table) => [
    check('user_role', sql`${table.role} in (${sqlList(ROLES)})`),
    check('user_language', sql`${table.language} in (${sqlList(LANGUAGES)})`),
    check('user_feldsher_has_station', sql`${table.role} <> 'feldsher' or ${table.stationId} is not null`),
    check(
      'user_specialist_has_practitioner',
      sql`${table.role} <> 'specialist' or ${table.practitionerId} is not null`,
    ),
    index('user_station').on(table.stationId),
    index('user_practitioner').on(table.practitionerId),
  ],
);

export const sessionTable = sqliteTable(
  'session',
  {
    id: text('id').primaryKey(),
    /** SHA-256 (hex) of the token in the cookie; the token itself is nowhere. */
    tokenHash: text('token_hash').notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references(() => userTable.id),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    endedAt: text('ended_at'),
  },
  (table) => [index('session_user').on(table.userId)],
);
