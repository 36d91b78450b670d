import type { PractitionerId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { type RING_OUTCOMES, ringTable } from './consultation.table.ts';

export type RingOutcome = Exclude<(typeof RING_OUTCOMES)[number], 'ringing'>;

export const ringRepository = {
  async insert(
    tx: Tx,
    row: { id: string; requestId: RequestId; practitionerId: PractitionerId; rank: number; startedAt: Instant },
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

  /** The rung that rings now, 0 when none does. Not the one started last: call-again starts anew, and clocks step back. */
  async ringingRank(tx: Tx, requestId: RequestId): Promise<number> {
    const [row] = await tx
      .select({ rank: ringTable.rank })
      .from(ringTable)
      .where(and(eq(ringTable.requestId, requestId), eq(ringTable.outcome, 'ringing')))
      .orderBy(desc(ringTable.rank))
      .limit(1);
    return row?.rank ?? 0;
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
