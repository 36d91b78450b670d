import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { NoticeId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type {
  Delivery,
  DeliveryState,
  NoticeChannel,
  NoticeKind,
  NoticeParameters,
} from '@jaqyn/shared/notices/notice.contract';
import { and, asc, count, desc, eq, gte, inArray, isNull, like, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { organizationRegionTable } from '../scheduling/place.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { noticeContactTable, noticeDeliveryTable, noticeTable } from './notice.table.ts';
import { PERSON, type Person } from './notice-recipient.repository.ts';

export interface LeasedDelivery {
  readonly id: string;
  readonly lease: string;
  readonly channel: NoticeChannel;
  readonly attempts: number;
  readonly notice: { readonly id: NoticeId; readonly kind: NoticeKind; readonly parameters: NoticeParameters };
  readonly recipient: Person;
  readonly email: string;
  readonly phone: string;
}

interface DeliveryFilter {
  readonly kind?: NoticeKind | undefined;
  readonly channel?: NoticeChannel | undefined;
  readonly state?: DeliveryState | undefined;
  readonly q: string;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly region: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** The outbox: what is on its way to whom, by which channel. */
export const deliveryRepository = {
  async insertAll(
    tx: Tx,
    rows: readonly { id: string; noticeId: string; channel: NoticeChannel; nextAt: string }[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await tx.run(
      sql`insert into ${noticeDeliveryTable} (id, notice_id, channel, state, attempts, next_at) select value ->> 'id', value ->> 'noticeId', value ->> 'channel', 'pending', 0, value ->> 'nextAt' from json_each(${JSON.stringify(rows)}) where true on conflict do nothing`,
    );
  },

  async list(tx: Tx, filter: DeliveryFilter): Promise<{ deliveries: Delivery[]; total: number }> {
    const where = and(
      filter.kind === undefined ? undefined : eq(noticeTable.kind, filter.kind),
      filter.channel === undefined ? undefined : eq(noticeDeliveryTable.channel, filter.channel),
      filter.state === undefined ? undefined : eq(noticeDeliveryTable.state, filter.state),
      filter.from === undefined ? undefined : gte(noticeTable.dueAt, filter.from),
      filter.to === undefined ? undefined : lt(noticeTable.dueAt, filter.to),
      filter.region === undefined ? undefined : eq(organizationRegionTable.region, filter.region),
      filter.q === '' ? undefined : like(userTable.displayName, `%${filter.q.replace(/[%_]/g, '')}%`),
    );
    const rows = await withPeople(tx.select(DELIVERY).from(noticeDeliveryTable).$dynamic())
      .where(where)
      .orderBy(desc(noticeTable.dueAt), desc(noticeDeliveryTable.id))
      .limit(filter.limit)
      .offset(filter.offset);
    const [total] = await withPeople(tx.select({ rows: count() }).from(noticeDeliveryTable).$dynamic()).where(where);
    return { deliveries: rows.map(toDelivery), total: total?.rows ?? 0 };
  },

  async find(tx: Tx, id: string): Promise<(Delivery & { region: string | null }) | undefined> {
    const [row] = await withPeople(tx.select(DELIVERY).from(noticeDeliveryTable).$dynamic()).where(
      eq(noticeDeliveryTable.id, id),
    );
    return row && { ...toDelivery(row), region: row.region };
  },

  async revive(tx: Tx, id: string, at: Instant): Promise<boolean> {
    const { changes } = await tx
      .update(noticeDeliveryTable)
      .set({ state: 'pending', attempts: 0, nextAt: at, lease: null, leaseUntil: null, lastError: null })
      .where(and(eq(noticeDeliveryTable.id, id), eq(noticeDeliveryTable.state, 'dead')));
    return changes === 1;
  },

  async isAnyDue(tx: Tx, now: Instant): Promise<boolean> {
    const [row] = await tx.select({ id: noticeDeliveryTable.id }).from(noticeDeliveryTable).where(dueAt(now)).limit(1);
    return row !== undefined;
  },

  /** Takes what is due and nobody has; a lease that has run out is nobody's. */
  async lease(
    tx: Tx,
    { now, until, lease, limit }: { now: Instant; until: Instant; lease: string; limit: number },
  ): Promise<LeasedDelivery[]> {
    const due = await tx
      .select({ id: noticeDeliveryTable.id })
      .from(noticeDeliveryTable)
      .where(dueAt(now))
      .orderBy(asc(noticeDeliveryTable.nextAt))
      .limit(limit);
    const ids = due.map(({ id }) => id);
    if (ids.length === 0) return [];
    await tx
      .update(noticeDeliveryTable)
      .set({ lease, leaseUntil: until, attempts: sql`${noticeDeliveryTable.attempts} + 1` })
      .where(inArray(noticeDeliveryTable.id, ids));
    const rows = await tx
      .select({ delivery: noticeDeliveryTable, notice: noticeTable, recipient: PERSON, contacts: noticeContactTable })
      .from(noticeDeliveryTable)
      .innerJoin(noticeTable, eq(noticeTable.id, noticeDeliveryTable.noticeId))
      .innerJoin(userTable, eq(userTable.id, noticeTable.recipientId))
      .leftJoin(noticeContactTable, eq(noticeContactTable.userId, noticeTable.recipientId))
      .where(inArray(noticeDeliveryTable.id, ids))
      .orderBy(asc(noticeDeliveryTable.nextAt));
    return rows.map(({ delivery, notice, recipient, contacts }) => ({
      id: delivery.id,
      lease,
      channel: delivery.channel,
      attempts: delivery.attempts,
      notice: {
        id: notice.id as NoticeId,
        kind: notice.kind,
        parameters: JSON.parse(notice.parameters) as NoticeParameters,
      },
      recipient: recipient as Person,
      email: contacts?.email ?? '',
      phone: contacts?.phone ?? '',
    }));
  },

  /** Ends an attempt; false when the lease was somebody else's by now. */
  async settle(
    tx: Tx,
    { id, lease }: { id: string; lease: string },
    change: { state: DeliveryState; sentAt?: Instant; nextAt?: Instant; lastError?: string | null },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(noticeDeliveryTable)
      .set({ ...change, lease: null, leaseUntil: null })
      .where(and(eq(noticeDeliveryTable.id, id), eq(noticeDeliveryTable.lease, lease)));
    return changes === 1;
  },
};

function dueAt(now: Instant): SQL | undefined {
  return and(
    // Literal: a bound value would not be seen to be the index's.
    sql`${noticeDeliveryTable.state} = 'pending'`,
    lte(noticeDeliveryTable.nextAt, now),
    or(isNull(noticeDeliveryTable.leaseUntil), lte(noticeDeliveryTable.leaseUntil, now)),
  );
}

const DELIVERY = {
  delivery: noticeDeliveryTable,
  notice: noticeTable,
  recipient: { id: userTable.id, displayName: userTable.displayName, role: userTable.role },
  region: organizationRegionTable.region,
};

function withPeople<Query extends SQLiteSelect>(query: Query) {
  return query
    .innerJoin(noticeTable, eq(noticeTable.id, noticeDeliveryTable.noticeId))
    .innerJoin(userTable, eq(userTable.id, noticeTable.recipientId))
    .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, noticeTable.requestId))
    .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
    .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId));
}

function toDelivery(row: {
  delivery: typeof noticeDeliveryTable.$inferSelect;
  notice: typeof noticeTable.$inferSelect;
  recipient: { id: string; displayName: string; role: Role };
}): Delivery {
  const { delivery, notice, recipient } = row;
  return {
    id: delivery.id,
    noticeId: notice.id,
    kind: notice.kind,
    parameters: JSON.parse(notice.parameters) as NoticeParameters,
    recipient,
    channel: delivery.channel,
    state: delivery.state,
    attempts: delivery.attempts,
    at: notice.dueAt,
    nextAt: delivery.nextAt,
    sentAt: delivery.sentAt,
    readAt: notice.readAt,
    lastError: delivery.lastError,
  } as Delivery;
}
