import type { PatientId } from '@jaqyn/shared/kernel/ids';
import { and, count, eq } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import { isRefusedBy } from '../../db/refusal.ts';
import type { Tx } from '../../db/store.ts';
import { appointmentTable, slotClaimTable } from './appointment.table.ts';

export const patientAppointmentsRepository = {
  /** Those of `from`, or of these only `ids`; answers which. */
  async move(tx: Tx, from: PatientId, to: PatientId, ids?: readonly string[]): Promise<string[]> {
    const rows = await tx
      .update(appointmentTable)
      .set({ patientId: to })
      .where(
        and(eq(appointmentTable.patientId, from), ids === undefined ? undefined : inList(appointmentTable.id, ids)),
      )
      .returning({ id: appointmentTable.id });
    return rows.map(({ id }) => id);
  },

  /** The patient's time that these appointments take; false when some of it is taken by another one. */
  async moveClaims(tx: Tx, to: PatientId, appointmentIds: readonly string[]): Promise<boolean> {
    const ofPatient = and(eq(slotClaimTable.kind, 'patient'), inList(slotClaimTable.holderId, appointmentIds));
    const claims = await tx.select().from(slotClaimTable).where(ofPatient);
    await tx.delete(slotClaimTable).where(ofPatient);
    try {
      for (const { id: _id, ...claim } of claims) await tx.insert(slotClaimTable).values({ ...claim, resourceId: to });
    } catch (error) {
      if (isRefusedBy(error, 'slot_claim: taken')) return false;
      throw error;
    }
    return true;
  },

  async count(tx: Tx, patientId: PatientId): Promise<number> {
    const [row] = await tx
      .select({ rows: count() })
      .from(appointmentTable)
      .where(eq(appointmentTable.patientId, patientId));
    return row?.rows ?? 0;
  },
};
