import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { organizationTable } from '../stations/station.table.ts';

/** FHIR HealthcareService: what can be asked for. */
export const specialtyTable = sqliteTable('specialty', {
  code: text('code').primaryKey(),
  nameKk: text('name_kk').notNull(),
  nameRu: text('name_ru').notNull(),
  nameEn: text('name_en').notNull(),
  /** Order on the choice screen. */
  position: integer('position').notNull(),
});

/** FHIR Practitioner with the one role that matters here. */
export const practitionerTable = sqliteTable(
  'practitioner',
  {
    id: text('id').primaryKey(),
    displayName: text('display_name').notNull(),
    specialty: text('specialty')
      .notNull()
      .references(() => specialtyTable.code),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizationTable.id),
    /** The specialist's own switch: off, and nothing rings. */
    isAvailable: integer('is_available', { mode: 'boolean' }).notNull().default(true),
    isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [index('practitioner_specialty').on(table.specialty)],
);

export const onCallShiftTable = sqliteTable(
  'on_call_shift',
  {
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    specialty: text('specialty')
      .notNull()
      .references(() => specialtyTable.code),
    startsAt: text('starts_at').notNull(),
    endsAt: text('ends_at').notNull(),
    /** Rung of the ladder; 1 rings first. */
    rank: integer('rank').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.practitionerId, table.startsAt] }),
    check('on_call_shift_span', sql`${table.startsAt} < ${table.endsAt}`),
    check('on_call_shift_rank', sql`${table.rank} >= 1`),
    index('on_call_shift_by_end').on(table.specialty, table.endsAt, table.startsAt),
  ],
);
