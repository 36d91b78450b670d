import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';

/** Texts that a conclusion of a specialty often begins with: everybody's, or one specialist's own. */
export const conclusionTemplateTable = sqliteTable(
  'conclusion_template',
  {
    id: text('id').primaryKey(),
    specialty: text('specialty').notNull(),
    /** Null: everybody of the specialty sees it. */
    ownerId: text('owner_id').references(() => userTable.id),
    version: integer('version').notNull(),
    /** JSON of shared ConclusionTemplateContent. */
    content: text('content').notNull(),
    isRetired: integer('is_retired', { mode: 'boolean' }).notNull().default(false),
    /** Null for what the product brings along. */
    updatedBy: text('updated_by').references(() => userTable.id),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [
    check('conclusion_template_version', sql`${table.version} >= 1`),
    index('conclusion_template_specialty').on(table.specialty),
  ],
);
