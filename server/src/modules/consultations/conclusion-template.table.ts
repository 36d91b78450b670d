import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
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

/** Each version as it was saved, the one in force too; only added to (trigger). */
export const conclusionTemplateVersionTable = sqliteTable(
  'conclusion_template_version',
  {
    templateId: text('template_id')
      .notNull()
      .references(() => conclusionTemplateTable.id),
    version: integer('version').notNull(),
    /** JSON of shared ConclusionTemplateContent. */
    content: text('content').notNull(),
    isRetired: integer('is_retired', { mode: 'boolean' }).notNull(),
    /** Null for what the product brings along. */
    savedBy: text('saved_by').references(() => userTable.id),
    savedAt: text('saved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.templateId, table.version] })],
);
