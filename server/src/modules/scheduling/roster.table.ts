import { CLOSURE_REASONS, SLOT_MODES } from '@jaqyn/shared/scheduling/roster';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { healthcareServiceTable } from './healthcare-service.table.ts';

/** FHIR Schedule. Never changed but ended (`valid_to`, `withdrawn_at`), by trigger; overlapping ones are refused by another. */
export const rosterTemplateTable = sqliteTable(
  'roster_template',
  {
    id: text('id').primaryKey(),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    service: text('service')
      .notNull()
      .references(() => healthcareServiceTable.code),
    mode: text('mode', { enum: SLOT_MODES }).notNull(),
    /** Bit 0 is Monday, so that the trigger can compare days with `&`. */
    weekdays: integer('weekdays').notNull(),
    startMinute: integer('start_minute').notNull(),
    endMinute: integer('end_minute').notNull(),
    slotMinutes: integer('slot_minutes').notNull(),
    bufferMinutes: integer('buffer_minutes').notNull(),
    worksOnHolidays: integer('works_on_holidays', { mode: 'boolean' }).notNull(),
    rank: integer('rank'),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to'),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** It never was: taken back before its first day, or ended before it. */
    withdrawnAt: text('withdrawn_at'),
  },
  (table) => [
    check('roster_template_mode', sql`${table.mode} in (${sqlList(SLOT_MODES)})`),
    check('roster_template_weekdays', sql`${table.weekdays} between 1 and 127`),
    check('roster_template_window', sql`${table.startMinute} >= 0 and ${table.startMinute} < ${table.endMinute}`),
    check(
      'roster_template_midnight',
      sql`${table.endMinute} <= case when ${table.mode} = 'on_call' then ${table.startMinute} + 1440 else 1440 end`,
    ),
    check('roster_template_rank', sql`(${table.rank} is not null) = (${table.mode} = 'on_call')`),
    check('roster_template_slot', sql`(${table.slotMinutes} > 0) = (${table.mode} <> 'on_call')`),
    check('roster_template_validity', sql`${table.validTo} is null or ${table.validFrom} <= ${table.validTo}`),
    index('roster_template_practitioner').on(table.practitionerId),
  ],
);

export const EXCEPTION_KINDS = ['closure', 'extra'] as const;

/** What is different on some days. */
export const rosterExceptionTable = sqliteTable(
  'roster_exception',
  {
    id: text('id').primaryKey(),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    kind: text('kind', { enum: EXCEPTION_KINDS }).notNull(),
    startsAt: text('starts_at').notNull(),
    endsAt: text('ends_at').notNull(),
    reason: text('reason', { enum: CLOSURE_REASONS }),
    service: text('service').references(() => healthcareServiceTable.code),
    mode: text('mode', { enum: SLOT_MODES }),
    slotMinutes: integer('slot_minutes'),
    bufferMinutes: integer('buffer_minutes'),
    rank: integer('rank'),
    /** The closure it substitutes for; the closure itself has its own id here. */
    substitutionId: text('substitution_id'),
    note: text('note').notNull(),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    withdrawnAt: text('withdrawn_at'),
  },
  (table) => [
    check('roster_exception_kind', sql`${table.kind} in (${sqlList(EXCEPTION_KINDS)})`),
    check('roster_exception_span', sql`${table.startsAt} < ${table.endsAt}`),
    check(
      'roster_exception_closure',
      sql`${table.kind} <> 'closure' or (${table.reason} is not null and ${table.mode} is null)`,
    ),
    check(
      'roster_exception_extra',
      sql`${table.kind} <> 'extra' or (${table.service} is not null and ${table.mode} is not null and ${table.slotMinutes} is not null and ${table.bufferMinutes} is not null)`,
    ),
    index('roster_exception_practitioner').on(table.practitionerId, table.endsAt),
    index('roster_exception_substitution').on(table.substitutionId),
  ],
);

/** A day off or a working day by order; the law's own holidays are in shared/src/scheduling/holidays.ts. */
export const specialDayTable = sqliteTable(
  'special_day',
  {
    day: text('day').primaryKey(),
    kind: text('kind', { enum: ['day_off', 'working_day'] }).notNull(),
    worksAs: integer('works_as'),
    nameKk: text('name_kk').notNull(),
    nameRu: text('name_ru').notNull(),
    nameEn: text('name_en').notNull(),
    source: text('source').notNull(),
    enteredAt: text('entered_at').notNull(),
    enteredBy: text('entered_by').notNull(),
  },
  (table) => [
    check('special_day_kind', sql`${table.kind} in ('day_off', 'working_day')`),
    check('special_day_works_as', sql`${table.worksAs} is null or ${table.worksAs} between 1 and 7`),
  ],
);

/**
 * First and last free slot of a specialist on a day, by service. Derived from rosters and claims, rewritten by each unit of work
 * that touches the day; there to find quickly and for nothing else.
 */
export const dayLoadTable = sqliteTable(
  'day_load',
  {
    practitionerId: text('practitioner_id').notNull(),
    day: text('day').notNull(),
    service: text('service').notNull(),
    mode: text('mode', { enum: SLOT_MODES }).notNull(),
    slots: integer('slots').notNull(),
    free: integer('free').notNull(),
    /** Start of the last free slot; null when none is. */
    lastFreeAt: text('last_free_at'),
    firstFreeAt: text('first_free_at'),
  },
  (table) => [
    // Where a search begins: the first day of somebody that still has a free slot after a moment.
    // The other columns are there so that nothing else is read.
    index('day_load_free').on(table.practitionerId, table.mode, table.lastFreeAt, table.service, table.day),
    index('day_load_day').on(table.practitionerId, table.day, table.mode, table.firstFreeAt),
  ],
);

/** Days whose load has still to be written, because time went on or a holiday came; the schedule's clock works it off. */
export const dayLoadQueueTable = sqliteTable('day_load_queue', {
  practitionerId: text('practitioner_id').primaryKey(),
  fromDay: text('from_day').notNull(),
  toDay: text('to_day').notNull(),
});

/** The last day the load of everybody has been asked for. One row. */
export const dayLoadHorizonTable = sqliteTable('day_load_horizon', {
  id: integer('id').primaryKey(),
  throughDay: text('through_day').notNull(),
});
