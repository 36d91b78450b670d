import type { Language, LocalText, Role } from '@jaqyn/shared/auth/auth.contract';
import type {
  AppointmentId,
  NoticeId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  UserId,
} from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type {
  Delivery,
  DeliveryState,
  Notice,
  NoticeChannel,
  NoticeKind,
  NoticeParameters,
  NoticeRule,
} from '@jaqyn/shared/notices/notice.contract';
import { and, asc, count, desc, eq, gt, gte, inArray, isNull, like, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { appointmentMemberTable, appointmentTable } from '../scheduling/appointment.table.ts';
import { coordinatorRegionTable, organizationRegionTable } from '../scheduling/place.table.ts';
import { practitionerTable, specialtyTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { noticeContactTable, noticeDeliveryTable, noticeRuleTable, noticeTable } from './notice.table.ts';

export interface Person {
  readonly id: UserId;
  readonly displayName: string;
  readonly role: Role;
  readonly language: Language;
}

/** What the words of a notice are made with, and who belongs to it. */
export interface Subject {
  readonly parameters: Omit<NoticeParameters, 'minutes'>;
  readonly stationId: string;
  readonly region: string | null;
  readonly practitionerIds: readonly PractitionerId[];
}

export interface AppointmentFacts extends Subject {
  readonly id: AppointmentId;
  readonly status: string;
  readonly version: number;
  readonly treatBy: Instant;
}

export type NewNotice = Pick<
  typeof noticeTable.$inferSelect,
  'id' | 'recipientId' | 'kind' | 'requestId' | 'appointmentId' | 'placement' | 'dedupKey' | 'at' | 'dueAt' | 'readAt'
> & { readonly parameters: NoticeParameters };

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

const PERSON = {
  id: userTable.id,
  displayName: userTable.displayName,
  role: userTable.role,
  language: userTable.language,
};

export const noticeRepository = {
  async findRequest(tx: Tx, id: RequestId): Promise<(Subject & { status: string }) | undefined> {
    const [row] = await tx
      .select({
        request: serviceRequestTable,
        specialty: specialtyTable,
        station: stationTable,
        region: organizationRegionTable.region,
        practitionerName: practitionerTable.displayName,
      })
      .from(serviceRequestTable)
      .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
      .innerJoin(specialtyTable, eq(specialtyTable.code, serviceRequestTable.specialty))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .leftJoin(practitionerTable, eq(practitionerTable.id, serviceRequestTable.practitionerId))
      .where(eq(serviceRequestTable.id, id));
    if (row === undefined) return undefined;
    const { request, specialty, station, region, practitionerName } = row;
    return {
      status: request.status,
      stationId: request.stationId,
      region,
      practitionerIds: request.practitionerId === null ? [] : [request.practitionerId as PractitionerId],
      parameters: {
        requestId: request.id as RequestId,
        requestNumber: request.number,
        appointmentId: null,
        specialty: request.specialty as SpecialtyCode,
        specialtyName: nameOf(specialty),
        stationName: nameOf(station),
        startsAt: null,
        practitionerName,
      },
    };
  },

  async findAppointment(tx: Tx, id: AppointmentId): Promise<AppointmentFacts | undefined> {
    const [row] = await tx
      .select({ appointment: appointmentTable, practitionerName: practitionerTable.displayName })
      .from(appointmentTable)
      .leftJoin(practitionerTable, eq(practitionerTable.id, appointmentTable.practitionerId))
      .where(eq(appointmentTable.id, id));
    if (row === undefined) return undefined;
    const { appointment, practitionerName } = row;
    const subject = await this.findRequest(tx, appointment.requestId as RequestId);
    if (subject === undefined) return undefined;
    const members = await tx
      .select({ id: appointmentMemberTable.practitionerId })
      .from(appointmentMemberTable)
      .where(eq(appointmentMemberTable.appointmentId, id));
    const lead = appointment.practitionerId === null ? [] : [appointment.practitionerId];
    return {
      ...subject,
      id,
      status: appointment.status,
      version: appointment.version,
      treatBy: appointment.treatBy as Instant,
      practitionerIds: [...lead, ...members.map(({ id }) => id)] as PractitionerId[],
      parameters: {
        ...subject.parameters,
        appointmentId: id,
        startsAt: appointment.startsAt as Instant | null,
        practitionerName,
      },
    };
  },

  /** Everybody who works at a station, or is one of these specialists. */
  async listStaff(tx: Tx, of: { stationId?: string; practitionerIds?: readonly string[] }): Promise<Person[]> {
    const isOne = or(
      of.stationId === undefined ? undefined : eq(userTable.stationId, of.stationId),
      of.practitionerIds === undefined ? undefined : inArray(userTable.practitionerId, [...of.practitionerIds]),
    );
    return (await tx
      .select(PERSON)
      .from(userTable)
      .where(and(isOne, eq(userTable.isDisabled, false)))
      .orderBy(asc(userTable.id))) as Person[];
  },

  /** Coordinators who act for an oblast: its own and those of the whole country. */
  async listCoordinators(tx: Tx, region: string | null): Promise<Person[]> {
    const here = region === null ? undefined : eq(coordinatorRegionTable.region, region);
    return (await tx
      .select(PERSON)
      .from(userTable)
      .leftJoin(coordinatorRegionTable, eq(coordinatorRegionTable.userId, userTable.id))
      .where(
        and(
          eq(userTable.role, 'coordinator'),
          eq(userTable.isDisabled, false),
          or(isNull(coordinatorRegionTable.region), here),
        ),
      )
      .orderBy(asc(userTable.id))) as Person[];
  },

  /** Written once by its deduplication key; true when it is new. */
  async insert(tx: Tx, { parameters, ...row }: NewNotice): Promise<boolean> {
    const { changes } = await tx
      .insert(noticeTable)
      .values({ ...row, parameters: JSON.stringify(parameters) })
      .onConflictDoNothing();
    return changes === 1;
  },

  async insertDelivery(
    tx: Tx,
    row: { id: string; noticeId: string; channel: NoticeChannel; nextAt: string },
  ): Promise<void> {
    await tx
      .insert(noticeDeliveryTable)
      .values({ ...row, state: 'pending', attempts: 0 })
      .onConflictDoNothing();
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

  async findContacts(tx: Tx, userId: string): Promise<{ email: string; phone: string }> {
    const [row] = await tx.select().from(noticeContactTable).where(eq(noticeContactTable.userId, userId));
    return { email: row?.email ?? '', phone: row?.phone ?? '' };
  },

  async saveContacts(tx: Tx, userId: string, contacts: { email: string; phone: string }): Promise<void> {
    await tx
      .insert(noticeContactTable)
      .values({ userId, ...contacts })
      .onConflictDoUpdate({ target: noticeContactTable.userId, set: contacts });
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

  async listDeliveries(tx: Tx, filter: DeliveryFilter): Promise<{ deliveries: Delivery[]; total: number }> {
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

  async findDelivery(tx: Tx, id: string): Promise<(Delivery & { region: string | null }) | undefined> {
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

  async findCoordinatorRegion(tx: Tx, userId: string): Promise<string | undefined> {
    const [row] = await tx.select().from(coordinatorRegionTable).where(eq(coordinatorRegionTable.userId, userId));
    return row?.region;
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

  async listRules(tx: Tx): Promise<NoticeRule[]> {
    const rows = await tx.select().from(noticeRuleTable).orderBy(desc(noticeRuleTable.effectiveFrom));
    return rows.map(({ kind, effectiveFrom, minutes }) => ({
      kind,
      effectiveFrom: effectiveFrom as CalendarDate,
      minutes: JSON.parse(minutes) as number[],
    }));
  },

  async saveRule(tx: Tx, { minutes, ...rule }: NoticeRule, by: { at: Instant; userId: string }): Promise<void> {
    const change = { minutes: JSON.stringify(minutes), savedAt: by.at, savedBy: by.userId };
    await tx
      .insert(noticeRuleTable)
      .values({ ...rule, ...change })
      .onConflictDoUpdate({ target: [noticeRuleTable.kind, noticeRuleTable.effectiveFrom], set: change });
  },

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
          untold('appointment_reminder', sql`${appointmentTable.startsAt} || ' ' || ${String(minutes)}`),
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
          inArray(serviceRequestTable.status, ['conclusion_draft', 'awaiting_signature']),
          gt(serviceRequestTable.endedAt, after),
          lte(serviceRequestTable.endedAt, until),
          sql`not exists (select 1 from notice n where n.request_id = ${serviceRequestTable.id}
            and n.kind = 'conclusion_unsigned' and n.placement = ${serviceRequestTable.endedAt} || ' ' || ${String(minutes)})`,
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
          eq(appointmentTable.status, 'waitlist'),
          lt(appointmentTable.treatBy, now),
          untold('request_overdue', sql`${appointmentTable.treatBy}`),
        ),
      )
      .limit(limit);
    return rows.map(({ id }) => id as AppointmentId);
  },
};

/** Kinds that say where an appointment is. */
const PLACING: NoticeKind[] = [
  'appointment_booked',
  'appointment_moved',
  'appointment_cancelled',
  'appointment_offered',
];

function dueAt(now: Instant): SQL | undefined {
  return and(
    eq(noticeDeliveryTable.state, 'pending'),
    lte(noticeDeliveryTable.nextAt, now),
    or(isNull(noticeDeliveryTable.leaseUntil), lte(noticeDeliveryTable.leaseUntil, now)),
  );
}

function untold(kind: NoticeKind, placement: SQL): SQL {
  return sql`not exists (select 1 from notice n where n.appointment_id = ${appointmentTable.id} and n.kind = ${kind}
    and n.placement = ${placement})`;
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

function nameOf({ nameKk, nameRu, nameEn }: { nameKk: string; nameRu: string; nameEn: string }): LocalText {
  return { kk: nameKk, ru: nameRu, en: nameEn };
}
