import { BOOKABLE_MODES } from '@jaqyn/shared/scheduling/roster';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { specialtyTable } from '../staff/staff.table.ts';

/** FHIR HealthcareService: something that can be booked. */
export const healthcareServiceTable = sqliteTable(
  'healthcare_service',
  {
    code: text('code').primaryKey(),
    specialty: text('specialty')
      .notNull()
      .references(() => specialtyTable.code),
    nameKk: text('name_kk').notNull(),
    nameRu: text('name_ru').notNull(),
    nameEn: text('name_en').notNull(),
    mode: text('mode', { enum: BOOKABLE_MODES }).notNull(),
    slotMinutes: integer('slot_minutes').notNull(),
    bufferMinutes: integer('buffer_minutes').notNull(),
    stationMayBook: integer('station_may_book', { mode: 'boolean' }).notNull(),
    /** How many more may be put on a taken slot. */
    overbookLanes: integer('overbook_lanes').notNull(),
    /** JSON array of equipment codes. */
    requiredEquipment: text('required_equipment').notNull(),
    retiredFrom: text('retired_from'),
  },
  (table) => [
    check('healthcare_service_mode', sql`${table.mode} in (${sqlList(BOOKABLE_MODES)})`),
    check('healthcare_service_lanes', sql`${table.overbookLanes} between 0 and 3`),
    index('healthcare_service_specialty').on(table.specialty, table.mode),
  ],
);
