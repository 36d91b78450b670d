import { ROOM_SIDES } from '@jaqyn/shared/signalling/room';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';

/** One tab's stay in a room, as the server saw it. A trigger keeps it as it is once it is over. */
export const mediaStayTable = sqliteTable(
  'media_stay',
  {
    peerId: text('peer_id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    userId: text('user_id').notNull(),
    side: text('side', { enum: ROOM_SIDES }).notNull(),
    /** SHA-256 over the request and the session, and over the request and the address media came from. */
    sessionHash: text('session_hash').notNull(),
    networkHash: text('network_hash'),
    joinedAt: text('joined_at').notNull(),
    seenAt: text('seen_at').notNull(),
    /** Times that its signalling was lost and came back. */
    cuts: integer('cuts').notNull(),
    isOver: integer('is_over', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    check('media_stay_span', sql`${table.joinedAt} <= ${table.seenAt}`),
    index('media_stay_request').on(table.requestId),
    index('media_stay_user').on(table.userId, table.seenAt),
  ],
);

/** A stretch in which packets of one track flowed. A trigger keeps it as it is once it is over. */
export const mediaIntervalTable = sqliteTable(
  'media_interval',
  {
    id: text('id').primaryKey(),
    peerId: text('peer_id')
      .notNull()
      .references(() => mediaStayTable.peerId),
    requestId: text('request_id').notNull(),
    /** `from`: what came from this participant; `to`: what was sent to them. */
    direction: text('direction', { enum: ['from', 'to'] }).notNull(),
    kind: text('kind', { enum: ['audio', 'video'] }).notNull(),
    source: text('source').notNull(),
    startedAt: text('started_at').notNull(),
    endedAt: text('ended_at').notNull(),
    packets: integer('packets').notNull(),
    bytes: integer('bytes').notNull(),
    isOver: integer('is_over', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    check('media_interval_span', sql`${table.startedAt} <= ${table.endedAt}`),
    index('media_interval_request').on(table.requestId),
  ],
);

/** What was under a preview, and with `isSigned` under a signature: from then on a trigger refuses every change. */
export const evidenceTable = sqliteTable('evidence', {
  compositionId: text('composition_id').primaryKey(),
  requestId: text('request_id').notNull(),
  /** Of the conclusion. */
  version: integer('version').notNull(),
  /** Canonical JSON (RFC 8785) of shared Evidence. */
  canonical: text('canonical').notNull(),
  sha256: text('sha256').notNull(),
  isSigned: integer('is_signed', { mode: 'boolean' }).notNull(),
});

/**
 * Editions of the limits of the rules, none ever changed (trigger): those with the latest moment that is not after the request hold
 * for it, of the same moment those made last.
 */
export const evidenceLimitTable = sqliteTable(
  'evidence_limit',
  {
    /** Made by the caller, so that saving twice stores once. */
    id: text('id').primaryKey(),
    /** UTC instant. */
    effectiveFrom: text('effective_from').notNull(),
    /** JSON of shared EvidenceLimits. */
    limits: text('limits').notNull(),
    /** Null for what the product brings along. */
    createdBy: text('created_by').references(() => userTable.id),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('evidence_limit_effective').on(table.effectiveFrom, table.createdAt)],
);
