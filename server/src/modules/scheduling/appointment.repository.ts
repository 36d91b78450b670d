import type { AppointmentId, PatientId, PractitionerId, RequestId, StationId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { LIVE_STATES } from '@jaqyn/shared/scheduling/appointment.machine';
import { fromMinute, type Span } from '@jaqyn/shared/scheduling/local-day';
import { SLOT_MINUTES } from '@jaqyn/shared/scheduling/roster';
import type { TreatByRule } from '@jaqyn/shared/scheduling/waitlist';
import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import { plainRows } from '../../db/plain-rows.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';
import {
  appointmentMemberTable,
  appointmentTable,
  freedSlotTable,
  type OFFER_OUTCOMES,
  scheduleOperationTable,
  scheduleRefusalTable,
  slotOfferTable,
  treatByRuleTable,
} from './appointment.table.ts';

export type AppointmentRow = typeof appointmentTable.$inferSelect;
export type OfferOutcome = (typeof OFFER_OUTCOMES)[number];
export type OperationRow = typeof scheduleOperationTable.$inferSelect;
export type RefusalRow = typeof scheduleRefusalTable.$inferSelect;

const byId = prepared((tx) =>
  tx
    .select()
    .from(appointmentTable)
    .where(eq(appointmentTable.id, sql.placeholder('id')))
    .prepare(),
);

const liveOf = prepared((tx) =>
  tx
    .select()
    .from(appointmentTable)
    .where(
      and(
        eq(appointmentTable.requestId, sql.placeholder('requestId')),
        inArray(appointmentTable.status, [...LIVE_STATES]),
      ),
    )
    .prepare(),
);

const membersById = prepared((tx) =>
  tx
    .select()
    .from(appointmentMemberTable)
    .where(eq(appointmentMemberTable.appointmentId, sql.placeholder('id')))
    .orderBy(asc(appointmentMemberTable.position))
    .prepare(),
);

const operationById = prepared((tx) =>
  tx
    .select()
    .from(scheduleOperationTable)
    .where(eq(scheduleOperationTable.id, sql.placeholder('id')))
    .prepare(),
);

const refusalById = prepared((tx) =>
  tx
    .select()
    .from(scheduleRefusalTable)
    .where(eq(scheduleRefusalTable.id, sql.placeholder('id')))
    .prepare(),
);

const treatByRules = prepared((tx) => tx.select().from(treatByRuleTable).prepare());

export const appointmentRepository = {
  async find(tx: Tx, id: AppointmentId): Promise<AppointmentRow | undefined> {
    const [row] = await byId(tx).all({ id });
    return row;
  },

  async insert(tx: Tx, row: AppointmentRow): Promise<void> {
    await tx.insert(appointmentTable).values(row);
  },

  /** Compare and set: true only when the row was still at `version`. */
  async change(tx: Tx, id: AppointmentId, version: number, change: Partial<AppointmentRow>): Promise<boolean> {
    const { changes } = await tx
      .update(appointmentTable)
      .set({ ...change, version: version + 1 })
      .where(and(eq(appointmentTable.id, id), eq(appointmentTable.version, version)));
    return changes === 1;
  },

  /** The appointment a request is on its way to, if there is one. */
  async findLive(tx: Tx, requestId: RequestId): Promise<AppointmentRow | undefined> {
    const [row] = await liveOf(tx).all({ requestId });
    return row;
  },

  async listMembers(tx: Tx, id: AppointmentId): Promise<PractitionerId[]> {
    const rows = await membersById(tx).all({ id });
    return rows.map((row) => row.practitionerId as PractitionerId);
  },

  async saveMembers(tx: Tx, id: AppointmentId, members: readonly PractitionerId[]): Promise<void> {
    await tx.delete(appointmentMemberTable).where(eq(appointmentMemberTable.appointmentId, id));
    if (members.length === 0) return;
    await tx
      .insert(appointmentMemberTable)
      .values(members.map((practitionerId, index) => ({ appointmentId: id, practitionerId, position: index + 1 })));
  },

  /** Appointments of these specialists in a span, as lead or as one of several, missed ones too. */
  async listOfPractitioners(tx: Tx, ids: readonly PractitionerId[], span: Span): Promise<AppointmentId[]> {
    if (ids.length === 0) return [];
    const led = await tx
      .select({ id: appointmentTable.id })
      .from(appointmentTable)
      .where(and(inList(appointmentTable.practitionerId, ids), inSpan(span), inArray(appointmentTable.status, SHOWN)))
      .orderBy(asc(appointmentTable.startsAt), asc(appointmentTable.id));
    // By person first, and only then by time: the other way round the week of the whole country is looked through.
    const joined = await tx
      .selectDistinct({ id: appointmentMemberTable.appointmentId })
      .from(appointmentMemberTable)
      .where(inList(appointmentMemberTable.practitionerId, ids));
    const taking =
      joined.length === 0
        ? []
        : await tx
            .select({ id: appointmentTable.id, startsAt: appointmentTable.startsAt })
            .from(appointmentTable)
            .where(
              and(
                inList(
                  appointmentTable.id,
                  joined.map(({ id }) => id),
                ),
                sql`+${appointmentTable.startsAt} >= ${fromMinute(span.from - SLOT_MINUTES.max)}`,
                sql`+${appointmentTable.startsAt} < ${fromMinute(span.to)}`,
                gt(appointmentTable.endsAt, fromMinute(span.from)),
                inArray(appointmentTable.status, SHOWN),
              ),
            );
    return [...new Set([...led, ...taking].map(({ id }) => id as AppointmentId))];
  },

  /** Booked appointments of a specialist that a changed roster may touch: those to come that hold a slot. */
  async listBooked(tx: Tx, practitionerId: PractitionerId, from: Instant, to?: Instant): Promise<AppointmentRow[]> {
    return tx
      .select()
      .from(appointmentTable)
      .where(
        and(
          eq(appointmentTable.practitionerId, practitionerId),
          gte(appointmentTable.startsAt, from),
          to === undefined ? undefined : lt(appointmentTable.startsAt, to),
          inArray(appointmentTable.status, ['proposed', 'pending', 'booked', 'arrived', 'checked-in']),
        ),
      )
      .orderBy(asc(appointmentTable.startsAt), asc(appointmentTable.id));
  },

  async listOfStation(tx: Tx, stationId: StationId, span: Span): Promise<AppointmentId[]> {
    return idsOf(
      await tx
        .select({ id: appointmentTable.id })
        .from(appointmentTable)
        .where(and(eq(appointmentTable.stationId, stationId), inSpan(span), inArray(appointmentTable.status, SHOWN)))
        .orderBy(asc(appointmentTable.startsAt), asc(appointmentTable.id)),
    );
  },

  async listOfPatient(tx: Tx, patientId: PatientId, limit: number): Promise<AppointmentId[]> {
    return idsOf(
      await tx
        .select({ id: appointmentTable.id })
        .from(appointmentTable)
        .where(eq(appointmentTable.patientId, patientId))
        .orderBy(desc(appointmentTable.createdAt), desc(appointmentTable.id))
        .limit(limit),
    );
  },

  /** Offers and questions nobody answered in time. */
  async listExpired(tx: Tx, at: Instant, limit: number): Promise<AppointmentRow[]> {
    return tx
      .select()
      .from(appointmentTable)
      .where(and(sql`${appointmentTable.expiresAt} is not null`, lte(appointmentTable.expiresAt, at)))
      .orderBy(asc(appointmentTable.expiresAt))
      .limit(limit);
  },

  /**
   * Requests of live appointments that have gone another way, among the next appointments after an id; `next` goes on from there. In
   * pieces and appointment by appointment: a country has more requests that are over than anything else, and looking through all of
   * them took seven seconds in which nobody was answered.
   */
  async listAstray(
    tx: Tx,
    states: readonly string[],
    after: string,
    limit: number,
  ): Promise<{ requestIds: RequestId[]; next: string | null }> {
    const { id, requestId, status } = appointmentTable;
    const piece = await tx.select({ id }).from(appointmentTable).where(gt(id, after)).orderBy(asc(id)).limit(limit);
    const last = piece.at(-1);
    if (last === undefined) return { requestIds: [], next: null };
    const rows = await tx
      .select({ requestId })
      .from(appointmentTable)
      .crossJoin(serviceRequestTable)
      .where(
        and(
          gt(id, after),
          lte(id, last.id),
          inArray(sql`+${status}`, [...LIVE_STATES]),
          eq(serviceRequestTable.id, requestId),
          sql`+${serviceRequestTable.status} in (select value from json_each(${JSON.stringify(states)}))`,
        ),
      );
    return { requestIds: rows.map((row) => row.requestId as RequestId), next: piece.length === limit ? last.id : null };
  },

  /** Everything the screens show, in the order of `ids`. */
  async listDetails(tx: Tx, ids: readonly AppointmentId[]) {
    if (ids.length === 0) return [];
    const rows = plainRows(shown, await selectShown(tx, ids));
    // A few stations and specialists have all of them: their names are read once, not for each.
    const stations = new Map(
      plainRows(
        stationNames,
        await tx
          .select(stationNames)
          .from(stationTable)
          .where(inList(stationTable.id, [...new Set(rows.map(({ stationId }) => stationId))]))
          .values(),
      ).map((station) => [station.id, station]),
    );
    const leads = new Set(rows.flatMap(({ practitionerId }) => practitionerId ?? []));
    const names = await tx
      .select({ id: practitionerTable.id, displayName: practitionerTable.displayName })
      .from(practitionerTable)
      .where(inList(practitionerTable.id, [...leads]));
    const nameOf = new Map(names.map(({ id, displayName }) => [id, displayName]));
    const members = await tx
      .select({
        appointmentId: appointmentMemberTable.appointmentId,
        id: practitionerTable.id,
        displayName: practitionerTable.displayName,
      })
      .from(appointmentMemberTable)
      .innerJoin(practitionerTable, eq(practitionerTable.id, appointmentMemberTable.practitionerId))
      .where(inList(appointmentMemberTable.appointmentId, ids))
      .orderBy(asc(appointmentMemberTable.position));
    const membersOf = Map.groupBy(members, ({ appointmentId }) => appointmentId);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      if (row === undefined) return [];
      const station = stations.get(row.stationId);
      if (station === undefined) return [];
      const lead = row.practitionerId ?? undefined;
      return [
        {
          row,
          station,
          lead: lead === undefined ? undefined : { id: lead, displayName: nameOf.get(lead) ?? '' },
          members: membersOf.get(row.id) ?? [],
        },
      ];
    });
  },

  async listTreatByRules(tx: Tx): Promise<TreatByRule[]> {
    return (await treatByRules(tx).all()) as TreatByRule[];
  },

  /** What became of the open offer, if there is one. */
  async closeOffer(tx: Tx, id: AppointmentId, outcome: Exclude<OfferOutcome, 'open'>): Promise<void> {
    await tx
      .update(slotOfferTable)
      .set({ outcome })
      .where(and(eq(slotOfferTable.appointmentId, id), eq(slotOfferTable.outcome, 'open')));
  },

  async findOperation(tx: Tx, id: string): Promise<OperationRow | undefined> {
    const [row] = await operationById(tx).all({ id });
    return row;
  },

  async insertOperation(tx: Tx, row: OperationRow): Promise<void> {
    await tx.insert(scheduleOperationTable).values(row);
  },

  async findRefusal(tx: Tx, id: string): Promise<RefusalRow | undefined> {
    const [row] = await refusalById(tx).all({ id });
    return row;
  },

  /** Keeps a refusal, and forgets those from before `oldest`. */
  async insertRefusal(tx: Tx, row: RefusalRow, oldest: Instant): Promise<void> {
    await tx.delete(scheduleRefusalTable).where(lt(scheduleRefusalTable.at, oldest));
    await tx.insert(scheduleRefusalTable).values(row);
  },

  async markUndone(tx: Tx, id: string, at: Instant): Promise<void> {
    await tx.update(scheduleOperationTable).set({ undoneAt: at }).where(eq(scheduleOperationTable.id, id));
  },

  /** A slot that waiters may be offered from `dueAt` on. */
  async noteFreed(tx: Tx, practitionerId: PractitionerId, startsAt: Instant, dueAt: Instant): Promise<void> {
    await tx
      .insert(freedSlotTable)
      .values({ practitionerId, startsAt, dueAt })
      .onConflictDoUpdate({ target: [freedSlotTable.practitionerId, freedSlotTable.startsAt], set: { dueAt } });
  },

  async listFreed(
    tx: Tx,
    at: Instant,
    limit: number,
  ): Promise<{ practitionerId: PractitionerId; startsAt: Instant }[]> {
    const rows = await tx
      .select()
      .from(freedSlotTable)
      .where(lte(freedSlotTable.dueAt, at))
      .orderBy(asc(freedSlotTable.dueAt))
      .limit(limit);
    return rows as unknown as { practitionerId: PractitionerId; startsAt: Instant }[];
  },

  async forgetFreed(tx: Tx, practitionerId: PractitionerId, startsAt: Instant): Promise<void> {
    await tx
      .delete(freedSlotTable)
      .where(and(eq(freedSlotTable.practitionerId, practitionerId), eq(freedSlotTable.startsAt, startsAt)));
  },
};

/** What a calendar shows; what was cancelled or waits is elsewhere. */
export const SHOWN = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'checked-in',
  'fulfilled',
  'noshow',
] as const satisfies readonly AppointmentRow['status'][];

function inSpan(span: Span): SQL | undefined {
  return and(
    gte(appointmentTable.startsAt, fromMinute(span.from - SLOT_MINUTES.max)),
    lt(appointmentTable.startsAt, fromMinute(span.to)),
    gt(appointmentTable.endsAt, fromMinute(span.from)),
  );
}

function idsOf(rows: readonly { id: string }[]): AppointmentId[] {
  return rows.map(({ id }) => id as AppointmentId);
}

const { createdBy: _createdBy, isDemo: _isDemo, ...ofAppointment } = getTableColumns(appointmentTable);

const shown = {
  ...ofAppointment,
  requestNumber: serviceRequestTable.number,
  requestStatus: serviceRequestTable.status,
  familyName: patientTable.familyName,
  givenName: patientTable.givenName,
  middleName: patientTable.middleName,
  birthDate: patientTable.birthDate,
  sex: patientTable.sex,
};

const stationNames = {
  id: stationTable.id,
  nameKk: stationTable.nameKk,
  nameRu: stationTable.nameRu,
  nameEn: stationTable.nameEn,
  phone: stationTable.phone,
};

/** One after the other by their keys. */
async function selectShown(tx: Tx, ids: readonly AppointmentId[]): Promise<unknown[][]> {
  return await tx
    .select(shown)
    .from(sql`json_each(${JSON.stringify(ids)}) as asked`)
    .crossJoin(appointmentTable)
    .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, appointmentTable.requestId))
    .innerJoin(patientTable, eq(patientTable.id, appointmentTable.patientId))
    .where(eq(appointmentTable.id, sql`asked.value`))
    .values();
}

export type AppointmentDetails = Awaited<ReturnType<typeof appointmentRepository.listDetails>>[number];
