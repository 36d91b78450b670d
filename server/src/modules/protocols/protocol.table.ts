import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';

/** FHIR PlanDefinition, one row a version; never changed (trigger). In force: the highest version that has begun. */
export const protocolVersionTable = sqliteTable(
  'protocol_version',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['completeness', 'danger_signs'] }).notNull(),
    /** A specialty, or a group of patients. */
    code: text('code').notNull(),
    version: integer('version').notNull(),
    effectiveFrom: text('effective_from').notNull(),
    /** JSON of shared CompletenessContent or DangerContent. */
    content: text('content').notNull(),
    createdAt: text('created_at').notNull(),
    /** Null for what the product brings along. */
    createdBy: text('created_by').references(() => userTable.id),
  },
  (table) => [
    check('protocol_version_kind', sql`${table.kind} in ('completeness', 'danger_signs')`),
    check('protocol_version_version', sql`${table.version} >= 1`),
    uniqueIndex('protocol_version_number').on(table.kind, table.code, table.version),
  ],
);
