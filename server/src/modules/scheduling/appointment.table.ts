import { LANGUAGES } from '@jaqyn/shared/auth/auth.contract';
import { URGENCIES } from '@jaqyn/shared/consultations/consultation.contract';
import { CANCEL_REASONS, NO_SHOW_CAUSES } from '@jaqyn/shared/scheduling/appointment.contract';
import {
  APPOINTMENT_STATES,
  CLAIMING_STATES,
  LIVE_STATES,
  TENTATIVE_STATES,
} from '@jaqyn/shared/scheduling/appointment.machine';
import { BOOKABLE_MODES } from '@jaqyn/shared/scheduling/roster';
import { PARTS_OF_DAY } from '@jaqyn/shared/scheduling/waitlist';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { practitionerTable, specialtyTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { healthcareServiceTable } from './healthcare-service.table.ts';

/** FHIR Appointment. */
export const appointmentTable = sqliteTable(
  'appointment',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    status: text('status', { enum: APPOINTMENT_STATES }).notNull(),
    version: integer('version').notNull(),
    specialty: text('specialty')
      .notNull()
      .references(() => specialtyTable.code),
    mode: text('mode', { enum: BOOKABLE_MODES }).notNull(),
    /** Known once there is a slot. */
    service: text('service').references(() => healthcareServiceTable.code),
    patientId: text('patient_id')
      .notNull()
      .references(() => patientTable.id),
    stationId: text('station_id')
      .notNull()
      .references(() => stationTable.id),
    urgency: text('urgency', { enum: URGENCIES }).notNull(),
    treatBy: text('treat_by').notNull(),
    startsAt: text('starts_at'),
    endsAt: text('ends_at'),
    /** Who leads; the others of a consilium are in `appointment_member`. */
    practitionerId: text('practitioner_id').references(() => practitionerTable.id),
    /** Place on the lead's slot; above 0 it is overbooked. */
    lane: integer('lane').notNull(),
    seriesId: text('series_id'),
    /** Until when an offer or a question waits. */
    expiresAt: text('expires_at'),
    cancelReason: text('cancel_reason', { enum: CANCEL_REASONS }),
    noShowCause: text('no_show_cause', { enum: NO_SHOW_CAUSES }),
    note: text('note').notNull(),
    /** What was booked instead of this missed one. */
    replacedById: text('replaced_by_id'),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    statusChangedAt: text('status_changed_at').notNull(),
    isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    check('appointment_status', sql`${table.status} in (${sqlList(APPOINTMENT_STATES)})`),
    check('appointment_mode', sql`${table.mode} in (${sqlList(BOOKABLE_MODES)})`),
    check(
      'appointment_span',
      sql`(${table.startsAt} is null) = (${table.endsAt} is null) and (${table.startsAt} is null or ${table.startsAt} < ${table.endsAt})`,
    ),
    check('appointment_whole_minutes', sql`${table.startsAt} is null or ${table.startsAt} like '%:00.000Z'`),
    check(
      'appointment_slot',
      sql`${table.status} not in (${sqlList(CLAIMING_STATES)}) or (${table.startsAt} is not null and ${table.practitionerId} is not null and ${table.service} is not null)`,
    ),
    check('appointment_waits', sql`${table.status} <> 'waitlist' or ${table.startsAt} is null`),
    check(
      'appointment_expiry',
      sql`(${table.expiresAt} is not null) = (${table.status} in (${sqlList(TENTATIVE_STATES)}))`,
    ),
    check('appointment_cancelled', sql`(${table.cancelReason} is not null) = (${table.status} = 'cancelled')`),
    check('appointment_missed', sql`(${table.noShowCause} is not null) = (${table.status} = 'noshow')`),
    // A request is never on its way to two meetings.
    uniqueIndex('appointment_one_live_per_request')
      .on(table.requestId)
      .where(sql`${table.status} in (${sqlList(LIVE_STATES)})`),
    index('appointment_request').on(table.requestId),
    index('appointment_practitioner').on(table.practitionerId, table.startsAt),
    index('appointment_station').on(table.stationId, table.startsAt),
    index('appointment_patient').on(table.patientId, table.startsAt),
    index('appointment_waiting').on(table.specialty, table.treatBy).where(sql`${table.status} = 'waitlist'`),
    // The most overdue first, whatever the specialty: looked at every quarter of a minute.
    index('appointment_overdue').on(table.treatBy).where(sql`${table.status} = 'waitlist'`),
    index('appointment_expires').on(table.expiresAt).where(sql`${table.expiresAt} is not null`),
    index('appointment_time').on(table.startsAt),
  ],
);

/** The other specialists of a consilium. */
export const appointmentMemberTable = sqliteTable(
  'appointment_member',
  {
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => appointmentTable.id),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.appointmentId, table.practitionerId] }),
    index('appointment_member_practitioner').on(table.practitionerId),
  ],
);

export const CLAIM_KINDS = ['practitioner', 'patient', 'station'] as const;
export const CLAIM_HOLDERS = ['appointment', 'hold'] as const;

/**
 * Whose time is taken. The only table that takes time: triggers refuse an overlap within one lane, a lane nobody allowed, and every
 * change of a row.
 */
export const slotClaimTable = sqliteTable(
  'slot_claim',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: CLAIM_KINDS }).notNull(),
    resourceId: text('resource_id').notNull(),
    /** 0 for everybody; above it a second camera, or a place on a taken slot. */
    lane: integer('lane').notNull(),
    startsAt: text('starts_at').notNull(),
    endsAt: text('ends_at').notNull(),
    holderKind: text('holder_kind', { enum: CLAIM_HOLDERS }).notNull(),
    holderId: text('holder_id').notNull(),
    /** When it stops counting by itself; who wants the time removes it then. */
    expiresAt: text('expires_at'),
  },
  (table) => [
    check('slot_claim_kind', sql`${table.kind} in (${sqlList(CLAIM_KINDS)})`),
    check('slot_claim_holder_kind', sql`${table.holderKind} in (${sqlList(CLAIM_HOLDERS)})`),
    check('slot_claim_span', sql`${table.startsAt} < ${table.endsAt}`),
    check(
      'slot_claim_lane',
      sql`${table.lane} between 0 and 3 and (${table.lane} = 0 or (${table.kind} <> 'patient' and ${table.holderKind} = 'appointment'))`,
    ),
    uniqueIndex('slot_claim_resource').on(table.kind, table.resourceId, table.lane, table.startsAt),
    index('slot_claim_holder').on(table.holderId),
  ],
);

/** A slot kept while somebody's form is open. */
export const slotHoldTable = sqliteTable(
  'slot_hold',
  {
    id: text('id').primaryKey(),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    startsAt: text('starts_at').notNull(),
    endsAt: text('ends_at').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => userTable.id),
    expiresAt: text('expires_at').notNull(),
  },
  (table) => [index('slot_hold_expires').on(table.expiresAt)],
);

/** What a waiter wishes. */
export const waitlistWishTable = sqliteTable(
  'waitlist_wish',
  {
    appointmentId: text('appointment_id')
      .primaryKey()
      .references(() => appointmentTable.id),
    language: text('language', { enum: LANGUAGES }),
    partOfDay: text('part_of_day', { enum: PARTS_OF_DAY }).notNull(),
    /** Bits, Monday the lowest: weekdays on which they cannot come. */
    avoidWeekdays: integer('avoid_weekdays').notNull().default(0),
    preferredPractitionerId: text('preferred_practitioner_id').references(() => practitionerTable.id),
    since: text('since').notNull(),
  },
  (table) => [check('waitlist_wish_part_of_day', sql`${table.partOfDay} in (${sqlList(PARTS_OF_DAY)})`)],
);

export const OFFER_OUTCOMES = ['open', 'accepted', 'declined', 'expired', 'withdrawn'] as const;

/** Every slot that was offered to a waiter, and what became of it. */
export const slotOfferTable = sqliteTable(
  'slot_offer',
  {
    id: text('id').primaryKey(),
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => appointmentTable.id),
    practitionerId: text('practitioner_id').notNull(),
    startsAt: text('starts_at').notNull(),
    offeredAt: text('offered_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    outcome: text('outcome', { enum: OFFER_OUTCOMES }).notNull(),
  },
  (table) => [
    check('slot_offer_outcome', sql`${table.outcome} in (${sqlList(OFFER_OUTCOMES)})`),
    uniqueIndex('slot_offer_one_open').on(table.appointmentId).where(sql`${table.outcome} = 'open'`),
    index('slot_offer_appointment').on(table.appointmentId),
    index('slot_offer_slot').on(table.practitionerId, table.startsAt),
  ],
);

/** A slot somebody gave back, to be offered to waiters once it can no longer be undone. */
export const freedSlotTable = sqliteTable(
  'freed_slot',
  {
    practitionerId: text('practitioner_id').notNull(),
    startsAt: text('starts_at').notNull(),
    dueAt: text('due_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.practitionerId, table.startsAt] }), index('freed_slot_due').on(table.dueAt)],
);

/** Within how many hours of the request a patient of an urgency should be seen, from a day on. */
export const treatByRuleTable = sqliteTable(
  'treat_by_rule',
  {
    urgency: text('urgency', { enum: URGENCIES }).notNull(),
    effectiveFrom: text('effective_from').notNull(),
    hours: integer('hours').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.urgency, table.effectiveFrom] }),
    check('treat_by_rule_urgency', sql`${table.urgency} in (${sqlList(URGENCIES)})`),
    check('treat_by_rule_hours', sql`${table.hours} > 0`),
  ],
);

/** One change by the id its caller made: what it answered and what takes it back. */
export const scheduleOperationTable = sqliteTable(
  'schedule_operation',
  {
    id: text('id').primaryKey(),
    actorId: text('actor_id').notNull(),
    kind: text('kind').notNull(),
    /** SHA-256 over the canonical JSON of what was asked. */
    bodyHash: text('body_hash').notNull(),
    at: text('at').notNull(),
    /** JSON of the answer that is the same each time. */
    receipt: text('receipt').notNull(),
    /** JSON: the appointments as they were before; null when it cannot be undone. */
    before: text('before'),
    undoUntil: text('undo_until'),
    undoneAt: text('undone_at'),
  },
  (table) => [index('schedule_operation_at').on(table.at)],
);

/**
 * One "no" by the id of the operation it was said to. A sending that was cut may arrive after the one that followed it, when what
 * stood against it has gone: it is told the same "no" then, and is not done behind its sender's back. Kept for a day.
 */
export const scheduleRefusalTable = sqliteTable(
  'schedule_refusal',
  {
    id: text('id').primaryKey(),
    actorId: text('actor_id').notNull(),
    kind: text('kind').notNull(),
    /** SHA-256 over the canonical JSON of what was asked. */
    bodyHash: text('body_hash').notNull(),
    at: text('at').notNull(),
    /** JSON: code, fields, seconds to wait. */
    refusal: text('refusal').notNull(),
  },
  (table) => [index('schedule_refusal_at').on(table.at)],
);
