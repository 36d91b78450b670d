import type { Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import type { PractitionerId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { asked, inAsked } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { userTable } from '../auth/user.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { organizationTable, stationTable } from '../stations/station.table.ts';
import { compositionTable } from './conclusion.table.ts';
import { observationSetTable, requestCounterTable, ringTable, serviceRequestTable } from './consultation.table.ts';

export type RequestRow = typeof serviceRequestTable.$inferSelect;

// What every list and every screen of a request asks: kept compiled, since drizzle takes longer to write them than SQLite to answer.
const detailRows = prepared((tx) =>
  tx
    .select({
      request: serviceRequestTable,
      station: stationTable,
      requestedByName: userTable.displayName,
      specialistName: practitionerTable.displayName,
      organization: organizationTable,
      compositionStatus: compositionTable.status,
      signedAt: compositionTable.signedAt,
    })
    .from(serviceRequestTable)
    .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
    .innerJoin(userTable, eq(userTable.id, serviceRequestTable.requestedBy))
    .leftJoin(practitionerTable, eq(practitionerTable.id, serviceRequestTable.practitionerId))
    .leftJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
    .leftJoin(
      compositionTable,
      and(
        eq(compositionTable.requestId, serviceRequestTable.id),
        // The newest that is signed; before the first signature its draft. An amendment that is being written is nobody's yet.
        sql`${compositionTable.edition} = (select max(one.edition) from ${compositionTable} one where one.request_id = ${serviceRequestTable.id} and (one.status <> 'preliminary' or one.edition = 1))`,
      ),
    )
    .where(inAsked(serviceRequestTable.id))
    .prepare(),
);

const observationRows = prepared((tx) =>
  tx
    .select({ set: observationSetTable, takenByName: userTable.displayName })
    .from(observationSetTable)
    .innerJoin(userTable, eq(userTable.id, observationSetTable.takenBy))
    .where(inAsked(observationSetTable.requestId))
    // By id where two were taken in one millisecond: the order is part of what is signed.
    .orderBy(asc(observationSetTable.takenAt), asc(observationSetTable.id))
    .prepare(),
);

const ringRows = prepared((tx) =>
  tx
    .select({ ring: ringTable, displayName: practitionerTable.displayName, userId: userTable.id })
    .from(ringTable)
    .innerJoin(practitionerTable, eq(practitionerTable.id, ringTable.practitionerId))
    .innerJoin(userTable, eq(userTable.practitionerId, practitionerTable.id))
    .where(and(inAsked(ringTable.requestId), eq(ringTable.outcome, 'ringing')))
    .orderBy(asc(practitionerTable.displayName))
    .prepare(),
);

export const consultationRepository = {
  async find(tx: Tx, id: RequestId): Promise<RequestRow | undefined> {
    const [row] = await tx.select().from(serviceRequestTable).where(eq(serviceRequestTable.id, id));
    return row;
  },

  async insert(tx: Tx, row: RequestRow): Promise<void> {
    await tx.insert(serviceRequestTable).values(row);
  },

  /** The next number of a year, gapless because it is taken in the transaction that uses it. */
  async takeNumber(tx: Tx, year: number): Promise<number> {
    const [row] = await tx
      .insert(requestCounterTable)
      .values({ year, last: 1 })
      .onConflictDoUpdate({ target: requestCounterTable.year, set: { last: sql`${requestCounterTable.last} + 1` } })
      .returning({ last: requestCounterTable.last });
    return row?.last ?? 1;
  },

  /** Compare and set: true only when the row was still in `from`. */
  async move(
    tx: Tx,
    id: RequestId,
    from: ConsultationState,
    change: Partial<RequestRow> & { status: ConsultationState; statusChangedAt: Instant },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(serviceRequestTable)
      .set({ ...change, version: sql`${serviceRequestTable.version} + 1` })
      .where(and(eq(serviceRequestTable.id, id), eq(serviceRequestTable.status, from)));
    return changes === 1;
  },

  /** A change of content that is no transition; still a new version. */
  async touch(tx: Tx, id: RequestId, change: Partial<RequestRow> = {}): Promise<void> {
    await tx
      .update(serviceRequestTable)
      .set({ ...change, version: sql`${serviceRequestTable.version} + 1` })
      .where(eq(serviceRequestTable.id, id));
  },

  async isInCall(tx: Tx, practitionerId: PractitionerId): Promise<boolean> {
    const rows = await tx
      .select({ id: serviceRequestTable.id })
      .from(serviceRequestTable)
      .where(and(eq(serviceRequestTable.practitionerId, practitionerId), eq(serviceRequestTable.status, 'in_call')))
      .limit(1);
    return rows.length > 0;
  },

  /** Ringing requests whose deadline has come. */
  async listRingsDue(tx: Tx, at: Instant): Promise<RequestId[]> {
    const rows = await tx
      .select({ id: serviceRequestTable.id })
      .from(serviceRequestTable)
      .where(and(isNotNull(serviceRequestTable.ringDeadline), lte(serviceRequestTable.ringDeadline, at)));
    return rows.map((row) => row.id as RequestId);
  },

  /** When the rung that rings runs out; no change of the request that anybody sees. */
  async setRingDeadline(tx: Tx, id: RequestId, ringDeadline: Instant | null): Promise<void> {
    await tx.update(serviceRequestTable).set({ ringDeadline }).where(eq(serviceRequestTable.id, id));
  },

  /** Goes with a transition, which is what is seen of it. */
  async setMode(tx: Tx, id: RequestId, mode: { isPlanned: boolean; isWritten: boolean }): Promise<void> {
    await tx.update(serviceRequestTable).set(mode).where(eq(serviceRequestTable.id, id));
  },

  /** Calls that broke off before `before`. */
  async listInterruptedBefore(tx: Tx, before: Instant): Promise<RequestId[]> {
    const rows = await tx
      .select({ id: serviceRequestTable.id })
      .from(serviceRequestTable)
      .where(and(eq(serviceRequestTable.status, 'interrupted'), lte(serviceRequestTable.statusChangedAt, before)));
    return rows.map((row) => row.id as RequestId);
  },

  async listIdsInState(tx: Tx, status: ConsultationState): Promise<RequestId[]> {
    const rows = await tx
      .select({ id: serviceRequestTable.id })
      .from(serviceRequestTable)
      .where(eq(serviceRequestTable.status, status));
    return rows.map((row) => row.id as RequestId);
  },

  async findObservations(tx: Tx, id: string): Promise<typeof observationSetTable.$inferSelect | undefined> {
    const [row] = await tx.select().from(observationSetTable).where(eq(observationSetTable.id, id));
    return row;
  },

  async insertObservations(
    tx: Tx,
    row: { id: string; requestId: RequestId; takenAt: Instant; takenBy: UserId; vitals: Vitals },
  ): Promise<void> {
    await tx.insert(observationSetTable).values({ ...row, vitals: JSON.stringify(row.vitals) });
  },

  /** Everything the screens show of these requests but the patient, in the order of `ids`. */
  async listDetails(tx: Tx, ids: readonly RequestId[]) {
    if (ids.length === 0) return [];
    const rows = await detailRows(tx).all(asked(ids));
    const observations = await observationRows(tx).all(asked(ids));
    const rings = await ringRows(tx).all(asked(ids));
    const byId = new Map(rows.map((row) => [row.request.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      if (row === undefined) return [];
      return [
        {
          ...row,
          observations: observations
            .filter(({ set }) => set.requestId === id)
            .map(({ set, takenByName }) => ({
              takenAt: set.takenAt as Instant,
              takenBy: takenByName,
              vitals: JSON.parse(set.vitals) as Vitals,
            })),
          rings: rings
            .filter(({ ring }) => ring.requestId === id)
            .map(({ ring, displayName, userId }) => ({
              practitionerId: ring.practitionerId as PractitionerId,
              userId: userId as UserId,
              displayName,
              rank: ring.rank,
              startedAt: ring.startedAt as Instant,
            })),
        },
      ];
    });
  },
};

export type ConsultationDetails = Awaited<ReturnType<typeof consultationRepository.listDetails>>[number];

/** Rank for sorting: the most urgent first. */
export const URGENCY_RANK: Readonly<Record<Urgency, number>> = { routine: 0, urgent: 1, asap: 2, stat: 3 };

/** What a request that has just begun knows of calls and questions. */
export const FRESH_LIFE = {
  region: null,
  askedFrom: null,
  pausedAt: null,
  pausedSeconds: 0,
  phaseSince: null,
  callAttempt: 0,
  ladderId: null,
} as const satisfies Partial<RequestRow>;
