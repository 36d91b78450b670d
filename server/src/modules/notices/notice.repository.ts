import type { NoticeId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Notice, NoticeKind, NoticeParameters } from '@jaqyn/shared/notices/notice.contract';
import { and, count, desc, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { noticeDeliveryTable, noticeTable } from './notice.table.ts';
import { PERSON, type Person } from './notice-recipient.repository.ts';

export type NewNotice = Pick<
  typeof noticeTable.$inferSelect,
  'id' | 'recipientId' | 'kind' | 'requestId' | 'appointmentId' | 'placement' | 'dedupKey' | 'at' | 'dueAt' | 'readAt'
> & { readonly parameters: NoticeParameters };

/** Where somebody believes an appointment to be. */
export interface LastTold {
  readonly kind: NoticeKind;
  readonly placement: string | null;
  readonly parameters: NoticeParameters;
}

/** What each person was told, and whether they read it. */
export const noticeRepository = {
  /** Each written once by its deduplication key; the ids of those that are new. One statement however many people hear of it. */
  async insertAll(tx: Tx, rows: readonly NewNotice[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const items = JSON.stringify(rows.map((row) => ({ ...row, parameters: JSON.stringify(row.parameters) })));
    const value = (name: keyof NewNotice) => sql`value ->> ${sql.raw(`'${name}'`)}`;
    const columns = [value('id'), value('recipientId'), value('kind'), value('parameters'), value('requestId')];
    columns.push(value('appointmentId'), value('placement'), value('dedupKey'), value('at'), value('dueAt'));
    columns.push(value('readAt'));
    const stored = await tx.all<{ id: string }>(
      sql`insert into ${noticeTable} (id, recipient_id, kind, parameters, request_id, appointment_id, placement, dedup_key, at, due_at, read_at) select ${sql.join(columns, sql`, `)} from json_each(${items}) where true on conflict do nothing returning id`,
    );
    return new Set(stored.map(({ id }) => id));
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

  /** Who was told where this appointment is, also those it is no longer with, and what each was told last. */
  async listLastTold(tx: Tx, appointmentId: string): Promise<{ person: Person; last: LastTold }[]> {
    const rows = await tx
      .select({
        ...PERSON,
        kind: noticeTable.kind,
        placement: noticeTable.placement,
        parameters: noticeTable.parameters,
        // The other columns are those of the row with the greatest.
        newest: sql<string>`max(${noticeTable.dueAt} || ${noticeTable.id})`,
      })
      .from(noticeTable)
      .innerJoin(userTable, eq(userTable.id, noticeTable.recipientId))
      .where(
        and(
          eq(noticeTable.appointmentId, appointmentId),
          isNull(noticeTable.supersededAt),
          inArray(noticeTable.kind, PLACING),
        ),
      )
      .groupBy(noticeTable.recipientId);
    return rows.map(({ kind, placement, parameters, newest: _newest, ...person }) => ({
      person: person as Person,
      last: { kind, placement, parameters: JSON.parse(parameters) as NoticeParameters },
    }));
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
