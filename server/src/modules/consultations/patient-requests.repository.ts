import type { ObservationSet } from '@jaqyn/shared/consultations/consultation.contract';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { observationSetTable, serviceRequestTable } from './consultation.table.ts';

export const patientRequestsRepository = {
  /** Those of `from`, or of these only `ids`; answers which. Screens that show one are told by its version. */
  async move(tx: Tx, from: PatientId, to: PatientId, ids?: readonly string[]): Promise<string[]> {
    const rows = await tx
      .update(serviceRequestTable)
      .set({ patientId: to, version: sql`${serviceRequestTable.version} + 1` })
      .where(
        and(
          eq(serviceRequestTable.patientId, from),
          ids === undefined ? undefined : inList(serviceRequestTable.id, ids),
        ),
      )
      .returning({ id: serviceRequestTable.id });
    return rows.map(({ id }) => id);
  },

  async count(tx: Tx, patientId: PatientId): Promise<number> {
    const [row] = await tx
      .select({ rows: count() })
      .from(serviceRequestTable)
      .where(eq(serviceRequestTable.patientId, patientId));
    return row?.rows ?? 0;
  },

  /** The newest sets of one patient over all requests, oldest first. */
  async listObservations(tx: Tx, patientId: PatientId, limit: number): Promise<ObservationSet[]> {
    const rows = await tx
      .select({ set: observationSetTable, takenByName: userTable.displayName })
      .from(observationSetTable)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, observationSetTable.requestId))
      .innerJoin(userTable, eq(userTable.id, observationSetTable.takenBy))
      .where(eq(serviceRequestTable.patientId, patientId))
      .orderBy(desc(observationSetTable.takenAt), asc(observationSetTable.id))
      .limit(limit);
    return rows.toReversed().map(({ set, takenByName }) => ({
      takenAt: set.takenAt as Instant,
      takenBy: takenByName,
      vitals: JSON.parse(set.vitals) as Vitals,
    }));
  },
};
