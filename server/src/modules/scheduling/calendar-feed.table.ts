import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { practitionerTable } from '../staff/staff.table.ts';

/** An address another calendar program reads appointments from. */
export const calendarFeedTable = sqliteTable(
  'calendar_feed',
  {
    id: text('id').primaryKey(),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    label: text('label').notNull(),
    /** SHA-256 (hex) of the token in the address; the token itself is nowhere. */
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    revokedAt: text('revoked_at'),
    lastReadAt: text('last_read_at'),
  },
  (table) => [index('calendar_feed_practitioner').on(table.practitionerId)],
);
