import type { PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { LadderPhone, RungOutcome } from '@jaqyn/shared/ladders/ladder.contract';
import { and, asc, eq, gt } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { callRungTable } from './call-rung.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

export interface Skipped {
  readonly practitionerId: PractitionerId;
  readonly displayName: string;
  readonly why: 'in_call';
}

export interface CallRungRow extends Omit<typeof callRungTable.$inferSelect, 'skipped' | 'phones' | 'requestId'> {
  readonly requestId: RequestId;
  readonly skipped: readonly Skipped[];
  readonly phones: readonly LadderPhone[];
}

export const callRungRepository = {
  /** Those of the last call of each request, from the bottom up. */
  async listOfLastCalls(tx: Tx, requestIds: readonly RequestId[]): Promise<CallRungRow[]> {
    if (requestIds.length === 0) return [];
    const rows = await tx
      .select({ rung: callRungTable })
      .from(callRungTable)
      .innerJoin(
        serviceRequestTable,
        and(
          eq(serviceRequestTable.id, callRungTable.requestId),
          eq(serviceRequestTable.callAttempt, callRungTable.attempt),
        ),
      )
      .where(inList(callRungTable.requestId, requestIds))
      .orderBy(asc(callRungTable.position));
    return rows.map(
      ({ rung }) => ({ ...rung, skipped: JSON.parse(rung.skipped), phones: JSON.parse(rung.phones) }) as CallRungRow,
    );
  },

  async insert(tx: Tx, row: CallRungRow): Promise<void> {
    await tx
      .insert(callRungTable)
      .values({ ...row, skipped: JSON.stringify(row.skipped), phones: JSON.stringify(row.phones) });
  },

  /** Ends the rung that rings, if one does. */
  async end(tx: Tx, requestId: RequestId, outcome: RungOutcome, endedAt: Instant): Promise<void> {
    await tx
      .update(callRungTable)
      .set({ outcome, endedAt })
      .where(and(eq(callRungTable.requestId, requestId), eq(callRungTable.outcome, 'ringing')));
  },

  /** Requests with a rung that began after `at`: a clock has stepped back. */
  async listBegunAfter(tx: Tx, at: Instant): Promise<RequestId[]> {
    const rows = await tx
      .select({ id: callRungTable.requestId })
      .from(callRungTable)
      .where(and(eq(callRungTable.outcome, 'ringing'), gt(callRungTable.startedAt, at)));
    return rows.map(({ id }) => id as RequestId);
  },
};
