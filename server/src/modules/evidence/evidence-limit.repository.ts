import { EvidenceLimits } from '@jaqyn/shared/evidence/judgement';
import type { EvidenceLimitId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { desc, eq } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { evidenceLimitTable } from './evidence.table.ts';

export interface StoredEvidenceLimits {
  readonly id: EvidenceLimitId;
  readonly effectiveFrom: Instant;
  readonly limits: EvidenceLimits;
  readonly createdBy: UserId | null;
  readonly createdByName: string | null;
  readonly createdAt: Instant;
}

export const evidenceLimitRepository = {
  /** Newest first: those that begin later, and of the same moment those made later. */
  async list(tx: Tx): Promise<StoredEvidenceLimits[]> {
    const rows = await tx
      .select({ edition: evidenceLimitTable, createdByName: userTable.displayName })
      .from(evidenceLimitTable)
      .leftJoin(userTable, eq(userTable.id, evidenceLimitTable.createdBy))
      .orderBy(desc(evidenceLimitTable.effectiveFrom), desc(evidenceLimitTable.createdAt), desc(evidenceLimitTable.id));
    return rows.map(
      ({ edition, createdByName }) =>
        ({
          ...edition,
          limits: z.parse(EvidenceLimits, JSON.parse(edition.limits)),
          createdByName,
        }) as StoredEvidenceLimits,
    );
  },

  async insert(tx: Tx, edition: Omit<StoredEvidenceLimits, 'createdByName'>): Promise<void> {
    await tx.insert(evidenceLimitTable).values({ ...edition, limits: JSON.stringify(edition.limits) });
  },
};
