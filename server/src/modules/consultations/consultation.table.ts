import { URGENCIES } from '@jaqyn/shared/consultations/consultation.contract';
import { CONSULTATION_STATES, FINAL_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import { desc, sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { escalationLadderTable } from '../ladders/ladder.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { regionTable } from '../scheduling/place.table.ts';
import { practitionerTable, specialtyTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';

/** Word for word in a query, or its partial indexes are not seen; without the table's name, which an index may not have. */
export const IS_LIVE = sql.raw(`"status" not in (${FINAL_STATES.map((state) => `'${state}'`).join(', ')})`);
/** Talked, and not signed. Literal, so that a query with it may use the index with it. */
export const IS_UNSIGNED = sql.raw(`"status" in ('conclusion_draft', 'awaiting_signature')`);

/** FHIR ServiceRequest. */
export const serviceRequestTable = sqliteTable(
  'service_request',
  {
    id: text('id').primaryKey(),
    number: text('number').notNull().unique(),
    status: text('status', { enum: CONSULTATION_STATES }).notNull(),
    version: integer('version').notNull(),
    urgency: text('urgency', { enum: URGENCIES }).notNull(),
    /** Higher is more urgent; the worklist sorts by it. */
    urgencyRank: integer('urgency_rank').notNull(),
    specialty: text('specialty')
      .notNull()
      .references(() => specialtyTable.code),
    reason: text('reason').notNull(),
    /** Asked for a time to come; a call makes it a call. */
    isPlanned: integer('is_planned', { mode: 'boolean' }).notNull().default(false),
    /** An answer in writing is asked for. */
    isWritten: integer('is_written', { mode: 'boolean' }).notNull().default(false),
    /** The region it was sent to; null: where the station is. */
    region: text('region').references(() => regionTable.code),
    /** While the station is asked: where the question came from, and since when the waiting clock stands. */
    askedFrom: text('asked_from', { enum: CONSULTATION_STATES }),
    pausedAt: text('paused_at'),
    /** Seconds the waiting clock has stood in all. */
    pausedSeconds: integer('paused_seconds').notNull().default(0),
    /** Since when what is waited for now has been, moved on by the time the clock stood; null while nothing is waited for. */
    phaseSince: text('phase_since'),
    /** Calls made so far; the rungs of each are kept apart. */
    callAttempt: integer('call_attempt').notNull().default(0),
    /** The ladder of the last call, null for the built-in one: a call goes on as it began. */
    ladderId: text('ladder_id').references(() => escalationLadderTable.id),
    patientId: text('patient_id').references(() => patientTable.id),
    stationId: text('station_id')
      .notNull()
      .references(() => stationTable.id),
    requestedBy: text('requested_by')
      .notNull()
      .references(() => userTable.id),
    /** Who answered. */
    practitionerId: text('practitioner_id').references(() => practitionerTable.id),
    /** While ringing: when the next rung of the ladder is due. Survives a restart. */
    ringDeadline: text('ring_deadline'),
    createdAt: text('created_at').notNull(),
    statusChangedAt: text('status_changed_at').notNull(),
    answeredAt: text('answered_at'),
    endedAt: text('ended_at'),
    cancelReason: text('cancel_reason'),
    /** The station's own guess in ICD-10; null where it gave none. */
    preliminaryCode: text('preliminary_code'),
    isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    check('service_request_status', sql`${table.status} in (${sqlList(CONSULTATION_STATES)})`),
    check('service_request_urgency', sql`${table.urgency} in (${sqlList(URGENCIES)})`),
    // Only an emergency may start without its patient.
    check('service_request_patient', sql`${table.patientId} is not null or ${table.urgency} = 'stat'`),
    check('service_request_answered', sql`${table.status} <> 'in_call' or ${table.practitionerId} is not null`),
    // A specialist is never in two calls, whatever the code above believes.
    uniqueIndex('service_request_one_call_per_specialist')
      .on(table.practitionerId)
      .where(sql`${table.status} = 'in_call'`),
    index('service_request_station').on(table.stationId, table.createdAt),
    index('service_request_practitioner').on(table.practitionerId, table.createdAt),
    index('service_request_worklist').on(table.status, table.specialty, table.isPlanned),
    index('service_request_patient').on(table.patientId, table.createdAt),
    // What is not over is a hundredth of what there is: the lists of those who work look nowhere else.
    index('service_request_live_station').on(table.stationId, table.createdAt).where(IS_LIVE),
    index('service_request_live_practitioner').on(table.practitionerId, table.createdAt).where(IS_LIVE),
    // With the state, so that counting a list of thousands looks at no row.
    index('service_request_live_order').on(desc(table.urgencyRank), table.createdAt, table.status).where(IS_LIVE),
    index('service_request_unsigned').on(table.endedAt).where(IS_UNSIGNED),
    index('service_request_created').on(table.createdAt),
    index('service_request_ring_deadline').on(table.ringDeadline).where(sql`${table.ringDeadline} is not null`),
  ],
);

/** The last request number given out in a year. */
export const requestCounterTable = sqliteTable('request_counter', {
  year: integer('year').primaryKey(),
  last: integer('last').notNull(),
});

export const RING_OUTCOMES = [
  'ringing',
  'answered',
  'answered_elsewhere',
  'declined',
  'timed_out',
  'cancelled',
] as const;

/** One practitioner called once for one request. */
export const ringTable = sqliteTable(
  'ring',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    /** Position of the rung in its call. */
    rank: integer('rank').notNull(),
    /** Which call of the request; 0 for those of before calls were counted. */
    attempt: integer('attempt').notNull().default(0),
    startedAt: text('started_at').notNull(),
    endedAt: text('ended_at'),
    outcome: text('outcome', { enum: RING_OUTCOMES }).notNull(),
    declineReason: text('decline_reason'),
    declineNote: text('decline_note'),
  },
  (table) => [
    check('ring_outcome', sql`${table.outcome} in (${sqlList(RING_OUTCOMES)})`),
    index('ring_request').on(table.requestId, table.startedAt),
    index('ring_live').on(table.practitionerId).where(sql`${table.outcome} = 'ringing'`),
  ],
);

/** Vital signs taken together: FHIR Observations of one moment. */
export const observationSetTable = sqliteTable(
  'observation_set',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    takenAt: text('taken_at').notNull(),
    takenBy: text('taken_by')
      .notNull()
      .references(() => userTable.id),
    /** JSON of shared Vitals. */
    vitals: text('vitals').notNull(),
  },
  (table) => [index('observation_set_request').on(table.requestId, table.takenAt)],
);

/** FHIR Communication: the chat. */
export const messageTable = sqliteTable(
  'message',
  {
    /** Made by the sender's browser, so sending twice stores once. */
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    seq: integer('seq').notNull(),
    authorId: text('author_id')
      .notNull()
      .references(() => userTable.id),
    text: text('text').notNull(),
    sentAt: text('sent_at').notNull(),
  },
  (table) => [uniqueIndex('message_request_seq').on(table.requestId, table.seq)],
);
