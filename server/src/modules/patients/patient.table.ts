import { sql } from 'drizzle-orm';
import { type AnySQLiteColumn, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';
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
    /** The two lines that banners and documents show, made of the summary whenever that is saved. */
    allergies: text('allergies'),
    chronicConditions: text('chronic_conditions').notNull(),
    /** JSON of shared PatientSummary as it is now; null where there are only the lines. Its past is in patient_summary_version. */
    summary: text('summary'),
    summaryVersion: integer('summary_version').notNull().default(0),
    summaryAt: text('summary_at'),
    /** The card that is kept of this person: whoever asks for this one is given that one. */
    mergedInto: text('merged_into').references((): AnySQLiteColumn => patientTable.id),
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
    index('patient_registered').on(table.registeredAt),
    index('patient_station_registered').on(table.stationId, table.registeredAt),
    index('patient_merged_into').on(table.mergedInto).where(sql`${table.mergedInto} is not null`),
  ],
);

/** Every summary of a patient that was ever saved; never changed (trigger). */
export const patientSummaryVersionTable = sqliteTable(
  'patient_summary_version',
  {
    patientId: text('patient_id')
      .notNull()
      .references(() => patientTable.id),
    version: integer('version').notNull(),
    /** JSON of shared PatientSummary. */
    content: text('content').notNull(),
    recordedAt: text('recorded_at').notNull(),
    recordedBy: text('recorded_by').references(() => userTable.id),
  },
  (table) => [primaryKey({ columns: [table.patientId, table.version] })],
);

/** A card opened at another station: moved there for good, or visiting for some days. Never changed (trigger). */
export const patientStayTable = sqliteTable(
  'patient_stay',
  {
    id: text('id').primaryKey(),
    patientId: text('patient_id')
      .notNull()
      .references(() => patientTable.id),
    stationId: text('station_id')
      .notNull()
      .references(() => stationTable.id),
    kind: text('kind', { enum: ['moved_here', 'visiting'] }).notNull(),
    /** Where the card was at that moment. */
    fromStationId: text('from_station_id')
      .notNull()
      .references(() => stationTable.id),
    reason: text('reason').notNull(),
    at: text('at').notNull(),
    /** Until when the station sees the card of a visitor; null for one who moved. */
    until: text('until'),
    admittedBy: text('admitted_by')
      .notNull()
      .references(() => userTable.id),
  },
  (table) => [
    check('patient_stay_kind', sql`${table.kind} in ('moved_here', 'visiting')`),
    check('patient_stay_until', sql`(${table.until} is null) = (${table.kind} = 'moved_here')`),
    index('patient_stay_patient').on(table.patientId),
    index('patient_stay_station').on(table.stationId, table.until),
  ],
);

/** Two cards made one. What both said before is in it, so that they can be made two again. */
export const patientMergeTable = sqliteTable(
  'patient_merge',
  {
    id: text('id').primaryKey(),
    keptId: text('kept_id')
      .notNull()
      .references(() => patientTable.id),
    mergedId: text('merged_id')
      .notNull()
      .references(() => patientTable.id),
    /** JSON of both rows before, of the kept one after, and of the ids that followed, by who holds them. */
    keptBefore: text('kept_before').notNull(),
    mergedBefore: text('merged_before').notNull(),
    keptAfter: text('kept_after').notNull(),
    moved: text('moved').notNull(),
    reason: text('reason').notNull(),
    at: text('at').notNull(),
    mergedBy: text('merged_by')
      .notNull()
      .references(() => userTable.id),
    undoneAt: text('undone_at'),
    undoneBy: text('undone_by').references(() => userTable.id),
    undoReason: text('undo_reason'),
  },
  (table) => [
    check('patient_merge_two', sql`${table.keptId} <> ${table.mergedId}`),
    check('patient_merge_undone', sql`(${table.undoneAt} is null) = (${table.undoneBy} is null)`),
    index('patient_merge_kept').on(table.keptId),
    index('patient_merge_merged').on(table.mergedId),
    index('patient_merge_at').on(table.at),
  ],
);
