import {
  DELIVERY_STATES,
  NOTICE_CHANNELS,
  NOTICE_KINDS,
  NOTICE_RULE_KINDS,
} from '@jaqyn/shared/notices/notice.contract';
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';

/** One person is told one thing. Written in the unit of work that changed what it tells about. */
export const noticeTable = sqliteTable(
  'notice',
  {
    id: text('id').primaryKey(),
    recipientId: text('recipient_id')
      .notNull()
      .references(() => userTable.id),
    kind: text('kind', { enum: NOTICE_KINDS }).notNull(),
    /** JSON of shared NoticeParameters: ids, times, names of places. */
    parameters: text('parameters').notNull(),
    requestId: text('request_id').notNull(),
    appointmentId: text('appointment_id'),
    /** Where and when the appointment was when this was written: what is told next is compared with it. */
    placement: text('placement'),
    /** What must be told once: the same again is not written. */
    dedupKey: text('dedup_key').notNull(),
    at: text('at').notNull(),
    /** Not told before: what can be undone for ten seconds is told after them. */
    dueAt: text('due_at').notNull(),
    readAt: text('read_at'),
    /** It was overtaken before it was told. */
    supersededAt: text('superseded_at'),
  },
  (table) => [
    check('notice_kind', sql`${table.kind} in (${sqlList(NOTICE_KINDS)})`),
    uniqueIndex('notice_dedup').on(table.dedupKey),
    index('notice_recipient').on(table.recipientId, table.dueAt),
    index('notice_unread').on(table.recipientId).where(sql`${table.readAt} is null and ${table.supersededAt} is null`),
    index('notice_appointment').on(table.appointmentId).where(sql`${table.appointmentId} is not null`),
    // Asked every few seconds of every unsigned conclusion: has its author been told?
    index('notice_request').on(table.requestId, table.kind, table.placement).where(sql`${table.requestId} is not null`),
  ],
);

/** The outbox: one way of one notice. Whoever delivers takes it for a while; what they do not finish is free again. */
export const noticeDeliveryTable = sqliteTable(
  'notice_delivery',
  {
    id: text('id').primaryKey(),
    noticeId: text('notice_id')
      .notNull()
      .references(() => noticeTable.id),
    channel: text('channel', { enum: NOTICE_CHANNELS }).notNull(),
    state: text('state', { enum: DELIVERY_STATES }).notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: text('next_at').notNull(),
    /** Who has it, until when. A lease is made anew for each attempt, so that a slow one cannot end a later one. */
    lease: text('lease'),
    leaseUntil: text('lease_until'),
    sentAt: text('sent_at'),
    lastError: text('last_error'),
  },
  (table) => [
    check('notice_delivery_channel', sql`${table.channel} in (${sqlList(NOTICE_CHANNELS)})`),
    check('notice_delivery_state', sql`${table.state} in (${sqlList(DELIVERY_STATES)})`),
    uniqueIndex('notice_delivery_once').on(table.noticeId, table.channel),
    index('notice_delivery_due').on(table.nextAt).where(sql`${table.state} = 'pending'`),
  ],
);

/** When people are reminded, from a day on. */
export const noticeRuleTable = sqliteTable(
  'notice_rule',
  {
    kind: text('kind', { enum: NOTICE_RULE_KINDS }).notNull(),
    effectiveFrom: text('effective_from').notNull(),
    /** JSON array of minutes. */
    minutes: text('minutes').notNull(),
    savedAt: text('saved_at').notNull(),
    savedBy: text('saved_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.effectiveFrom] }),
    check('notice_rule_kind', sql`${table.kind} in (${sqlList(NOTICE_RULE_KINDS)})`),
  ],
);

/** Where somebody is told besides the app; empty is nowhere. */
export const noticeContactTable = sqliteTable('notice_contact', {
  userId: text('user_id')
    .primaryKey()
    .references(() => userTable.id),
  email: text('email').notNull(),
  phone: text('phone').notNull(),
});
