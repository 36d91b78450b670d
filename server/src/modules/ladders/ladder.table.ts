import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';
import { regionTable } from '../scheduling/place.table.ts';
import { specialtyTable } from '../staff/staff.table.ts';

/**
 * Editions of the escalation ladders. None is ever changed: a correction is another edition, so a call of long ago can still be
 * explained by the ladder it was made with. Of several that are in force for one place the one made last counts.
 */
export const escalationLadderTable = sqliteTable(
  'escalation_ladder',
  {
    /** Made by the caller, so that saving twice stores once. */
    id: text('id').primaryKey(),
    /** Null: every specialty. */
    specialty: text('specialty').references(() => specialtyTable.code),
    /** Null: the whole country. */
    region: text('region').references(() => regionTable.code),
    effectiveFrom: text('effective_from').notNull(),
    /** JSON of shared LadderSteps; an empty list gives the place back to the ladder above it. */
    steps: text('steps').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => userTable.id),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('escalation_ladder_scope').on(table.specialty, table.region, table.effectiveFrom)],
);
