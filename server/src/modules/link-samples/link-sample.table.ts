import { CALL_STEPS, STEP_REASONS } from '@jaqyn/shared/media/call-step';
import { primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { serviceRequestTable } from '../consultations/consultation.table.ts';

/** shared LinkSample of one end of a call. What a client says of itself is no evidence of anything, and is not under a signature. */
export const linkSampleTable = sqliteTable(
  'link_sample',
  {
    requestId: text('request_id')
      .notNull()
      .references(() => serviceRequestTable.id),
    userId: text('user_id').notNull(),
    origin: text('origin', { enum: ['client', 'server'] }).notNull(),
    at: text('at').notNull(),
    side: text('side', { enum: ['station', 'specialist'] }).notNull(),
    seconds: real('seconds').notNull(),
    sentBps: real('sent_bps').notNull(),
    receivedBps: real('received_bps').notNull(),
    lostPercent: real('lost_percent'),
    rttMs: real('rtt_ms'),
    concealedPercent: real('concealed_percent'),
    bufferMs: real('buffer_ms'),
    queueMs: real('queue_ms'),
    receivedFps: real('received_fps'),
    sentFps: real('sent_fps'),
    frozenMs: real('frozen_ms'),
    step: text('step', { enum: CALL_STEPS }),
    why: text('why', { enum: STEP_REASONS }),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.userId, table.origin, table.at] })],
);
