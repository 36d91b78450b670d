import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** FHIR Organization: a hospital, a polyclinic, or the district hospital a station belongs to. */
export const organizationTable = sqliteTable('organization', {
  id: text('id').primaryKey(),
  /** Twelve digits. */
  bin: text('bin').notNull().unique(),
  nameKk: text('name_kk').notNull(),
  nameRu: text('name_ru').notNull(),
  nameEn: text('name_en').notNull(),
});

/** FHIR Location: a village station. */
export const stationTable = sqliteTable(
  'station',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizationTable.id),
    nameKk: text('name_kk').notNull(),
    nameRu: text('name_ru').notNull(),
    nameEn: text('name_en').notNull(),
    oblastKk: text('oblast_kk').notNull(),
    oblastRu: text('oblast_ru').notNull(),
    oblastEn: text('oblast_en').notNull(),
    districtKk: text('district_kk').notNull(),
    districtRu: text('district_ru').notNull(),
    districtEn: text('district_en').notNull(),
    settlementKk: text('settlement_kk').notNull(),
    settlementRu: text('settlement_ru').notNull(),
    settlementEn: text('settlement_en').notNull(),
    phone: text('phone').notNull(),
    coordinatorPhone: text('coordinator_phone').notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
  },
  (table) => [index('station_organization').on(table.organizationId)],
);
