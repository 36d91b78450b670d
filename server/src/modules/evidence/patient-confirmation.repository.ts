import type { PatientConfirmation } from '@jaqyn/shared/evidence/patient-confirmation.contract';
import { desc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { patientConfirmationTable } from './patient-confirmation.table.ts';

export type ConfirmationRow = typeof patientConfirmationTable.$inferSelect;

export const patientConfirmationRepository = {
  async findRow(tx: Tx, id: string): Promise<ConfirmationRow | undefined> {
    const [row] = await tx.select().from(patientConfirmationTable).where(eq(patientConfirmationTable.id, id));
    return row;
  },

  /** What was said last. */
  async findLatest(tx: Tx, requestId: string): Promise<PatientConfirmation | undefined> {
    const [row] = await tx
      .select({ row: patientConfirmationTable, recordedByName: userTable.displayName })
      .from(patientConfirmationTable)
      .innerJoin(userTable, eq(userTable.id, patientConfirmationTable.recordedBy))
      .where(eq(patientConfirmationTable.requestId, requestId))
      .orderBy(desc(patientConfirmationTable.recordedAt), desc(patientConfirmationTable.id))
      .limit(1);
    if (row === undefined) return undefined;
    const { requestId: _of, recordedBy: _by, ...said } = row.row;
    return { ...said, recordedByName: row.recordedByName } as PatientConfirmation;
  },

  async insert(tx: Tx, row: ConfirmationRow): Promise<void> {
    await tx.insert(patientConfirmationTable).values(row);
  },
};
