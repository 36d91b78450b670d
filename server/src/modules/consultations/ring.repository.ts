import type { PractitionerId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, eq } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { type RING_OUTCOMES, ringTable } from './consultation.table.ts';

export type RingOutcome = Exclude<(typeof RING_OUTCOMES)[number], 'ringing'>;

export const ringRepository = {
  async insert(
    tx: Tx,
    row: {
      id: string;
      requestId: RequestId;
      practitionerId: PractitionerId;
      rank: number;
      attempt: number;
      startedAt: Instant;
    },
  ): Promise<void> {
    await tx.insert(ringTable).values({ ...row, outcome: 'ringing' });
  },

  /** Practitioners ringing for the request now. */
  async listRinging(tx: Tx, requestId: RequestId): Promise<PractitionerId[]> {
    const rows = await tx
      .select({ practitionerId: ringTable.practitionerId })
      .from(ringTable)
      .where(and(eq(ringTable.requestId, requestId), eq(ringTable.outcome, 'ringing')));
    return rows.map((row) => row.practitionerId as PractitionerId);
  },

  /** Users whose devices ring for the request now. */
  async listRingingUsers(tx: Tx, requestId: RequestId): Promise<UserId[]> {
    const rows = await tx
      .select({ userId: userTable.id })
      .from(ringTable)
      .innerJoin(userTable, eq(userTable.practitionerId, ringTable.practitionerId))
      .where(and(eq(ringTable.requestId, requestId), eq(ringTable.outcome, 'ringing')));
    return rows.map((row) => row.userId as UserId);
  },

  /** Every ring of these requests, with whose it was. */
  async listOfRequests(tx: Tx, requestIds: readonly RequestId[]) {
    if (requestIds.length === 0) return [];
    return tx
      .select({
        requestId: ringTable.requestId,
        attempt: ringTable.attempt,
        rank: ringTable.rank,
        outcome: ringTable.outcome,
        displayName: practitionerTable.displayName,
        userId: userTable.id,
      })
      .from(ringTable)
      .innerJoin(practitionerTable, eq(practitionerTable.id, ringTable.practitionerId))
      .innerJoin(userTable, eq(userTable.practitionerId, practitionerTable.id))
      .where(inList(ringTable.requestId, requestIds))
      .orderBy(asc(practitionerTable.displayName));
  },

  /** Whether the request ever rang at this practitioner's. */
  async wasRung(tx: Tx, requestId: RequestId, practitionerId: PractitionerId): Promise<boolean> {
    const rows = await tx
      .select({ id: ringTable.id })
      .from(ringTable)
      .where(and(eq(ringTable.requestId, requestId), eq(ringTable.practitionerId, practitionerId)))
      .limit(1);
    return rows.length > 0;
  },

  /** Ends one practitioner's ring; true when it was ringing. */
  async endOne(
    tx: Tx,
    requestId: RequestId,
    practitionerId: PractitionerId,
    change: { outcome: RingOutcome; endedAt: Instant; declineReason?: string; declineNote?: string },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(ringTable)
      .set(change)
      .where(
        and(
          eq(ringTable.requestId, requestId),
          eq(ringTable.practitionerId, practitionerId),
          eq(ringTable.outcome, 'ringing'),
        ),
      );
    return changes > 0;
  },

  /** Ends whatever still rings. */
  async endAll(tx: Tx, requestId: RequestId, outcome: RingOutcome, endedAt: Instant): Promise<void> {
    await tx
      .update(ringTable)
      .set({ outcome, endedAt })
      .where(and(eq(ringTable.requestId, requestId), eq(ringTable.outcome, 'ringing')));
  },

  /** Practitioners rung in one call of the request. */
  async listRungIn(tx: Tx, requestId: RequestId, attempt: number): Promise<PractitionerId[]> {
    const rows = await tx
      .selectDistinct({ practitionerId: ringTable.practitionerId })
      .from(ringTable)
      .where(and(eq(ringTable.requestId, requestId), eq(ringTable.attempt, attempt)));
    return rows.map((row) => row.practitionerId as PractitionerId);
  },

  /** Whether the practitioner has declined and the request does not ring at theirs any more. */
  async hasDeclined(tx: Tx, requestId: RequestId, practitionerId: PractitionerId): Promise<boolean> {
    const rows = await tx
      .selectDistinct({ outcome: ringTable.outcome })
      .from(ringTable)
      .where(and(eq(ringTable.requestId, requestId), eq(ringTable.practitionerId, practitionerId)));
    const outcomes = rows.map((row) => row.outcome);
    return outcomes.includes('declined') && !outcomes.includes('ringing');
  },
};
