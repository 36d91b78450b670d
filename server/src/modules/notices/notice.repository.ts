import type { NoticeId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Notice, NoticeKind, NoticeParameters } from '@jaqyn/shared/notices/notice.contract';
import { and, count, desc, eq, gt, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { noticeDeliveryTable, noticeTable } from './notice.table.ts';
import { PERSON, type Person } from './notice-recipient.repository.ts';

export type NewNotice = Pick<
  typeof noticeTable.$inferSelect,
  'id' | 'recipientId' | 'kind' | 'requestId' | 'appointmentId' | 'placement' | 'dedupKey' | 'at' | 'dueAt' | 'readAt'
> & { readonly parameters: NoticeParameters };

/** What each person was told, and whether they read it. */
export const noticeRepository = {
  /** Written once by its deduplication key; true when it is new. */
  async insert(tx: Tx, { parameters, ...row }: NewNotice): Promise<boolean> {
    const { changes } = await tx
      .insert(noticeTable)
      .values({ ...row, parameters: JSON.stringify(parameters) })
      .onConflictDoNothing();
    return changes === 1;
  },

  /** What nobody has been told yet of an appointment gives way to what is told now. */
  async supersede(tx: Tx, appointmentId: string, at: Instant): Promise<void> {
    const untold = tx
      .select({ id: noticeTable.id })
      .from(noticeTable)
      .where(
        and(eq(noticeTable.appointmentId, appointmentId), isNull(noticeTable.supersededAt), gt(noticeTable.dueAt, at)),
      );
    await tx
      .update(noticeDeliveryTable)
      .set({ state: 'superseded' })
      .where(and(inArray(noticeDeliveryTable.noticeId, untold), eq(noticeDeliveryTable.state, 'pending')));
    await tx.update(noticeTable).set({ supersededAt: at }).where(inArray(noticeTable.id, untold));
  },

  /** What somebody was last told of where an appointment is: its kind and placement. */
  async findLastTold(
    tx: Tx,
    appointmentId: string,
    recipientId: string,
  ): Promise<{ kind: NoticeKind; placement: string | null; parameters: NoticeParameters } | undefined> {
    const [row] = await tx
      .select({ kind: noticeTable.kind, placement: noticeTable.placement, parameters: noticeTable.parameters })
      .from(noticeTable)
      .where(
        and(
          eq(noticeTable.appointmentId, appointmentId),
          eq(noticeTable.recipientId, recipientId),
          isNull(noticeTable.supersededAt),
          inArray(noticeTable.kind, PLACING),
        ),
      )
      .orderBy(desc(noticeTable.dueAt), desc(noticeTable.id))
      .limit(1);
    return row && { ...row, parameters: JSON.parse(row.parameters) as NoticeParameters };
  },

  /** Who was told of this appointment, also those it is no longer with. */
  async listTold(tx: Tx, appointmentId: string): Promise<Person[]> {
    return (await tx
      .selectDistinct(PERSON)
      .from(noticeTable)
      .innerJoin(userTable, eq(userTable.id, noticeTable.recipientId))
      .where(
        and(
          eq(noticeTable.appointmentId, appointmentId),
          isNull(noticeTable.supersededAt),
          inArray(noticeTable.kind, PLACING),
        ),
      )) as Person[];
  },

  async listMine(
    tx: Tx,
    userId: string,
    { now, before, limit }: { now: Instant; before: Instant | undefined; limit: number },
  ): Promise<Notice[]> {
    const rows = await tx
      .select()
      .from(noticeTable)
      .where(
        and(
          eq(noticeTable.recipientId, userId),
          isNull(noticeTable.supersededAt),
          lte(noticeTable.dueAt, now),
          before === undefined ? undefined : lt(noticeTable.dueAt, before),
        ),
      )
      .orderBy(desc(noticeTable.dueAt), desc(noticeTable.id))
      .limit(limit);
    return rows.map(({ id, kind, parameters, dueAt, readAt }) => ({
      id: id as NoticeId,
      kind,
      parameters: JSON.parse(parameters) as NoticeParameters,
      at: dueAt as Instant,
      readAt: readAt as Instant | null,
    }));
  },

  async countUnread(tx: Tx, userId: string, now: Instant): Promise<number> {
    const [row] = await tx
      .select({ rows: count() })
      .from(noticeTable)
      .where(
        and(
          eq(noticeTable.recipientId, userId),
          isNull(noticeTable.readAt),
          isNull(noticeTable.supersededAt),
          lte(noticeTable.dueAt, now),
        ),
      );
    return row?.rows ?? 0;
  },

  async markRead(
    tx: Tx,
    userId: string,
    which: { ids: readonly string[]; allUntil: Instant | null },
    at: Instant,
  ): Promise<void> {
    const named = which.ids.length === 0 ? undefined : inArray(noticeTable.id, [...which.ids]);
    const until = which.allUntil === null ? undefined : lte(noticeTable.dueAt, which.allUntil);
    if (named === undefined && until === undefined) return;
    await tx
      .update(noticeTable)
      .set({ readAt: at })
      .where(and(eq(noticeTable.recipientId, userId), isNull(noticeTable.readAt), or(named, until)));
  },
};

/** Kinds that say where an appointment is. */
const PLACING: NoticeKind[] = [
  'appointment_booked',
  'appointment_moved',
  'appointment_cancelled',
  'appointment_offered',
];
