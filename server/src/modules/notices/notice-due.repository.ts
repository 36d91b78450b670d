import type { AppointmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { NoticeKind } from '@jaqyn/shared/notices/notice.contract';
import { and, asc, eq, gt, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { IS_UNSIGNED, serviceRequestTable } from '../consultations/consultation.table.ts';
import { appointmentTable } from '../scheduling/appointment.table.ts';
import { noticeTable } from './notice.table.ts';

/** What nobody causes but time, and nobody has been told of yet. */
export const dueRepository = {
  /**
   * Booked before that moment, beginning in a span, and nobody was reminded of this time with so many minutes yet. The minutes are bound
   * as text: the driver binds a number as REAL, which SQL would write as '30.0' and never find again.
   */
  async listUnreminded(
    tx: Tx,
    { after, until, minutes, limit }: { after: Instant; until: Instant; minutes: number; limit: number },
  ): Promise<AppointmentId[]> {
    const rows = await tx
      .select({ id: appointmentTable.id })
      .from(appointmentTable)
      .where(
        and(
          inArray(appointmentTable.status, ['booked', 'arrived', 'checked-in']),
          gt(appointmentTable.startsAt, after),
          lte(appointmentTable.startsAt, until),
          untold(
            'appointment_reminder',
            isOfAppointment,
            sql`${appointmentTable.startsAt} || ' ' || ${String(minutes)}`,
          ),
        ),
      )
      .orderBy(asc(appointmentTable.startsAt))
      .limit(limit);
    return rows.map(({ id }) => id as AppointmentId);
  },

  /** Calls that ended in a span, whose conclusion nobody has signed and whose specialist was not told so with this limit yet. */
  async listUnsigned(
    tx: Tx,
    { after, until, minutes, limit }: { after: Instant; until: Instant; minutes: number; limit: number },
  ): Promise<{ id: RequestId; endedAt: Instant }[]> {
    const rows = await tx
      .select({ id: serviceRequestTable.id, endedAt: serviceRequestTable.endedAt })
      .from(serviceRequestTable)
      .where(
        and(
          IS_UNSIGNED,
          gt(serviceRequestTable.endedAt, after),
          lte(serviceRequestTable.endedAt, until),
          untold('conclusion_unsigned', isOfRequest, sql`${serviceRequestTable.endedAt} || ' ' || ${String(minutes)}`),
        ),
      )
      .limit(limit);
    return rows as { id: RequestId; endedAt: Instant }[];
  },

  /** Waiters past their treat-by date of whom nobody was told yet. */
  async listOverdue(tx: Tx, now: Instant, limit: number): Promise<AppointmentId[]> {
    const rows = await tx
      .select({ id: appointmentTable.id })
      .from(appointmentTable)
      .where(
        and(
          // Literal: a bound value would not be seen to be the index's.
          sql`${appointmentTable.status} = 'waitlist'`,
          lt(appointmentTable.treatBy, now),
          untold('request_overdue', isOfAppointment, sql`${appointmentTable.treatBy}`),
        ),
      )
      .limit(limit);
    return rows.map(({ id }) => id as AppointmentId);
  },
};

const isOfAppointment = eq(noticeTable.appointmentId, appointmentTable.id);
const isOfRequest = eq(noticeTable.requestId, serviceRequestTable.id);

function untold(kind: NoticeKind, isOf: SQL, placement: SQL): SQL {
  return sql`not exists (select 1 from ${noticeTable} where ${and(isOf, eq(noticeTable.kind, kind), eq(noticeTable.placement, placement))})`;
}
