import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';

/** Editions of how long anybody may wait. None is ever changed; before the first the built-in ones hold. */
export const waitingLimitTable = sqliteTable(
  'waiting_limit',
  {
    /** Made by the caller, so that saving twice stores once. */
    id: text('id').primaryKey(),
    effectiveFrom: text('effective_from').notNull(),
    /** JSON of shared WaitingLimits. */
    limits: text('limits').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => userTable.id),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('waiting_limit_effective').on(table.effectiveFrom)],
);
