import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';

/** Each import of the code list; the first is what the product brings along. */
export const codeListVersionTable = sqliteTable('code_list_version', {
  version: integer('version').primaryKey({ autoIncrement: true }),
  sha256: text('sha256').notNull(),
  effectiveFrom: text('effective_from').notNull(),
  isComplete: integer('is_complete', { mode: 'boolean' }).notNull(),
  added: integer('added').notNull(),
  changed: integer('changed').notNull(),
  retired: integer('retired').notNull(),
  importedAt: text('imported_at').notNull(),
  importedBy: text('imported_by').references(() => userTable.id),
});

/**
 * One name of one ICD-10 code for a span of days: a change of the name ends one row and begins another, a retired code keeps its last.
 * `seq` is the row of the full-text index `icd_concept_fts`, which triggers keep.
 */
export const icdConceptTable = sqliteTable(
  'icd_concept',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    code: text('code').notNull(),
    nameKk: text('name_kk').notNull(),
    nameRu: text('name_ru').notNull(),
    nameEn: text('name_en').notNull(),
    /** The names folded by shared searchKey(). */
    searchKey: text('search_key').notNull(),
    validFrom: text('valid_from').notNull(),
    /** The first day on which it is not valid any more. On the day it began: replaced before it was ever used. */
    validTo: text('valid_to'),
    /** An import that is still coming in, in pieces; nobody sees its rows. */
    stagedBy: text('staged_by'),
  },
  (table) => [
    check('icd_concept_span', sql`${table.validTo} is null or ${table.validTo} >= ${table.validFrom}`),
    index('icd_concept_code').on(table.code),
    uniqueIndex('icd_concept_current')
      .on(table.code)
      .where(sql`${table.validTo} is null and ${table.stagedBy} is null`),
    index('icd_concept_staged').on(table.stagedBy).where(sql`${table.stagedBy} is not null`),
  ],
);

/** How often a code was signed in a specialty; begins with what the product knows to be frequent. */
export const icdFrequentTable = sqliteTable(
  'icd_frequent',
  {
    specialty: text('specialty').notNull(),
    code: text('code').notNull(),
    uses: integer('uses').notNull(),
  },
  (table) => [primaryKey({ columns: [table.specialty, table.code] })],
);

/** What one specialist signed, and when last. */
export const icdRecentTable = sqliteTable(
  'icd_recent',
  {
    practitionerId: text('practitioner_id').notNull(),
    code: text('code').notNull(),
    uses: integer('uses').notNull(),
    lastUsedAt: text('last_used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.practitionerId, table.code] })],
);
