import { LANGUAGES } from '@jaqyn/shared/auth/auth.contract';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { organizationTable, stationTable } from '../stations/station.table.ts';

/** An oblast or a city of the republic; filled by a migration. */
export const regionTable = sqliteTable('region', {
  code: text('code').primaryKey(),
  nameKk: text('name_kk').notNull(),
  nameRu: text('name_ru').notNull(),
  nameEn: text('name_en').notNull(),
  position: integer('position').notNull(),
});

/** Where an organization is; a station is where its organization is. None: it belongs to the whole country. */
export const organizationRegionTable = sqliteTable(
  'organization_region',
  {
    organizationId: text('organization_id')
      .primaryKey()
      .references(() => organizationTable.id),
    region: text('region')
      .notNull()
      .references(() => regionTable.code),
  },
  (table) => [index('organization_region_region').on(table.region)],
);

/** A coordinator with a row here acts for that oblast only; one without acts everywhere. */
export const coordinatorRegionTable = sqliteTable('coordinator_region', {
  userId: text('user_id')
    .primaryKey()
    .references(() => userTable.id),
  region: text('region')
    .notNull()
    .references(() => regionTable.code),
});

/** FHIR Practitioner.communication. */
export const practitionerLanguageTable = sqliteTable(
  'practitioner_language',
  {
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    language: text('language', { enum: LANGUAGES }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.practitionerId, table.language] }),
    check('practitioner_language_language', sql`${table.language} in (${sqlList(LANGUAGES)})`),
  ],
);

/** What a station offers a consult; without a row: one camera and nothing else. */
export const stationKitTable = sqliteTable(
  'station_kit',
  {
    stationId: text('station_id')
      .primaryKey()
      .references(() => stationTable.id),
    cameras: integer('cameras').notNull(),
    /** JSON array of equipment codes. */
    equipment: text('equipment').notNull(),
  },
  (table) => [check('station_kit_cameras', sql`${table.cameras} between 1 and 4`)],
);
