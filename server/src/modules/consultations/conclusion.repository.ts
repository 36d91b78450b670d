import type { Conclusion, ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import type { CompositionId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { compositionTable } from './conclusion.table.ts';

export const conclusionRepository = {
  async find(tx: Tx, requestId: RequestId): Promise<Conclusion | undefined> {
    const [row] = await tx
      .select({ composition: compositionTable, authorName: userTable.displayName })
      .from(compositionTable)
      .innerJoin(userTable, eq(userTable.id, compositionTable.authorId))
      .where(eq(compositionTable.requestId, requestId));
    if (row === undefined) return undefined;
    const { composition, authorName } = row;
    return {
      id: composition.id,
      requestId: composition.requestId,
      status: composition.status,
      version: composition.version,
      content: JSON.parse(composition.content) as ConclusionContent,
      savedAt: composition.savedAt,
      authorName,
      signedAt: composition.signedAt,
      sha256: composition.sha256,
    } as Conclusion;
  },

  async insert(
    tx: Tx,
    row: { id: CompositionId; requestId: RequestId; content: ConclusionContent; authorId: UserId; savedAt: Instant },
  ): Promise<void> {
    await tx
      .insert(compositionTable)
      .values({ ...row, content: JSON.stringify(row.content), status: 'preliminary', version: 1 });
  },

  /** Compare and set on the version; false when it was saved elsewhere or is signed. */
  async update(
    tx: Tx,
    requestId: RequestId,
    baseVersion: number,
    change: { content: ConclusionContent; authorId: UserId; savedAt: Instant },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(compositionTable)
      .set({ ...change, content: JSON.stringify(change.content), version: baseVersion + 1 })
      .where(
        and(
          eq(compositionTable.requestId, requestId),
          eq(compositionTable.version, baseVersion),
          eq(compositionTable.status, 'preliminary'),
        ),
      );
    return changes === 1;
  },

  async sign(
    tx: Tx,
    requestId: RequestId,
    version: number,
    change: { signedAt: Instant; signedBytes: string; sha256: string },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(compositionTable)
      .set({ ...change, status: 'final' })
      .where(
        and(
          eq(compositionTable.requestId, requestId),
          eq(compositionTable.version, version),
          eq(compositionTable.status, 'preliminary'),
        ),
      );
    return changes === 1;
  },
};
