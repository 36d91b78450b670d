import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { stationTable } from '../stations/station.table.ts';

/** FHIR Patient. */
export const patientTable = sqliteTable(
  'patient',
  {
    id: text('id').primaryKey(),
    iin: text('iin').unique(),
    familyName: text('family_name').notNull(),
    givenName: text('given_name').notNull(),
    middleName: text('middle_name').notNull(),
    /** Folded names (shared/src/kernel/search-key.ts): SQLite folds no Kazakh letter. */
    searchKey: text('search_key').notNull(),
    birthDate: text('birth_date').notNull(),
    sex: text('sex', { enum: ['male', 'female'] }).notNull(),
    phone: text('phone').notNull(),
    address: text('address').notNull(),
    stationId: text('station_id')
      .notNull()
      .references(() => stationTable.id),
    insurance: text('insurance', { enum: ['insured', 'uninsured', 'unknown'] }).notNull(),
    allergies: text('allergies'),
    chronicConditions: text('chronic_conditions').notNull(),
    isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
    registeredAt: text('registered_at').notNull(),
    registeredBy: text('registered_by'),
  },
  (table) => [
    check('patient_iin', sql`${table.iin} is null or length(${table.iin}) = 12`),
    check('patient_sex', sql`${table.sex} in ('male', 'female')`),
    check('patient_insurance', sql`${table.insurance} in ('insured', 'uninsured', 'unknown')`),
    index('patient_station_name').on(table.stationId, table.searchKey),
    index('patient_birth_date').on(table.birthDate),
  ],
);
