import { CHECK_GRADES } from '@jaqyn/shared/link-checks/judge-check';
import { DEVICE_STATES, SPEAKER_STATES } from '@jaqyn/shared/link-checks/link-check.contract';
import { CALL_STEPS } from '@jaqyn/shared/media/call-step';
import { WAYS_OUT } from '@jaqyn/shared/media/way-out';
import { sql } from 'drizzle-orm';
import { check, index, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sqlList } from '../../db/sql-list.ts';
import { userTable } from '../auth/user.table.ts';
import { stationTable } from '../stations/station.table.ts';

/** shared LinkCheck of one computer. What it says of itself is about machines, not about patients, and proves nothing. */
export const linkCheckTable = sqliteTable(
  'link_check',
  {
    id: text('id').primaryKey(),
    /** Null for a specialist's computer. */
    stationId: text('station_id').references(() => stationTable.id),
    userId: text('user_id')
      .notNull()
      .references(() => userTable.id),
    at: text('at').notNull(),
    camera: text('camera', { enum: DEVICE_STATES }).notNull(),
    microphone: text('microphone', { enum: DEVICE_STATES }).notNull(),
    speaker: text('speaker', { enum: SPEAKER_STATES }).notNull(),
    way: text('way', { enum: WAYS_OUT }),
    connectMs: real('connect_ms'),
    rttMs: real('rtt_ms'),
    sentBps: real('sent_bps'),
    receivedBps: real('received_bps'),
    lostPercent: real('lost_percent'),
    concealedPercent: real('concealed_percent'),
    receivedFps: real('received_fps'),
    step: text('step', { enum: CALL_STEPS }),
    seconds: real('seconds').notNull(),
    /** As it was judged when it was made. */
    grade: text('grade', { enum: CHECK_GRADES }).notNull(),
  },
  (table) => [
    index('link_check_station').on(table.stationId, table.at),
    index('link_check_user').on(table.userId, table.at),
    check('link_check_way', sql`${table.way} in (${sqlList(WAYS_OUT)})`),
    check('link_check_step', sql`${table.step} in (${sqlList(CALL_STEPS)})`),
    check('link_check_grade', sql`${table.grade} in (${sqlList(CHECK_GRADES)})`),
  ],
);
