import { WaitingLimits } from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { UserId, WaitingLimitId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { desc, eq } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { waitingLimitTable } from './waiting-limit.table.ts';

export interface StoredLimits {
  readonly id: WaitingLimitId;
  readonly effectiveFrom: Instant;
  readonly limits: WaitingLimits;
  readonly createdBy: UserId;
  readonly createdByName: string;
  readonly createdAt: Instant;
}

export const waitingLimitRepository = {
  /** Newest first: those that begin later, and of the same moment those made later. */
  async list(tx: Tx): Promise<StoredLimits[]> {
    const rows = await tx
      .select({ edition: waitingLimitTable, createdByName: userTable.displayName })
      .from(waitingLimitTable)
      .innerJoin(userTable, eq(userTable.id, waitingLimitTable.createdBy))
      .orderBy(desc(waitingLimitTable.effectiveFrom), desc(waitingLimitTable.createdAt), desc(waitingLimitTable.id));
    return rows.map(
      ({ edition, createdByName }) =>
        ({ ...edition, limits: z.parse(WaitingLimits, JSON.parse(edition.limits)), createdByName }) as StoredLimits,
    );
  },

  async insert(tx: Tx, edition: Omit<StoredLimits, 'createdByName'>): Promise<void> {
    await tx.insert(waitingLimitTable).values({ ...edition, limits: JSON.stringify(edition.limits) });
  },
};
