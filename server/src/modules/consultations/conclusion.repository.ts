import type { Conclusion, ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import type { CompositionId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { documentSignatureTable } from '../signatures/signature.table.ts';
import { compositionTable } from './conclusion.table.ts';

/** With what only the server knows of it. */
export interface StoredConclusion extends Omit<Conclusion, 'changes'> {
  /** Of the QR code; null for what was written before there were any. */
  readonly token: string | null;
  /** The document that was signed; null while it is a draft. */
  readonly signedBytes: string | null;
}

const before = alias(compositionTable, 'edition_before');

export const conclusionRepository = {
  /** The newest edition, a draft too. */
  find(tx: Tx, requestId: RequestId): Promise<StoredConclusion | undefined> {
    return findNewest(tx, eq(compositionTable.requestId, requestId));
  },

  /** A signed edition; the newest when none is named. */
  findSigned(tx: Tx, requestId: RequestId, edition?: number): Promise<StoredConclusion | undefined> {
    return findNewest(
      tx,
      and(
        eq(compositionTable.requestId, requestId),
        ne(compositionTable.status, 'preliminary'),
        edition === undefined ? undefined : eq(compositionTable.edition, edition),
      ),
    );
  },

  /** Ids of the signed editions, the newest first. */
  async listSignedIds(tx: Tx, requestId: RequestId): Promise<string[]> {
    const rows = await tx
      .select({ id: compositionTable.id })
      .from(compositionTable)
      .where(and(eq(compositionTable.requestId, requestId), ne(compositionTable.status, 'preliminary')))
      .orderBy(desc(compositionTable.edition));
    return rows.map(({ id }) => id);
  },

  async insert(
    tx: Tx,
    row: {
      id: CompositionId;
      requestId: RequestId;
      content: ConclusionContent;
      authorId: UserId;
      savedAt: Instant;
      token: string;
      edition?: number;
      amendReason?: string;
    },
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
      .where(draftOf(requestId, baseVersion));
    return changes === 1;
  },

  async sign(
    tx: Tx,
    requestId: RequestId,
    version: number,
    change: { signedAt: Instant; signedBytes: string; sha256: string },
    status: 'final' | 'amended' = 'final',
  ): Promise<boolean> {
    const { changes } = await tx
      .update(compositionTable)
      .set({ ...change, status })
      .where(draftOf(requestId, version));
    return changes === 1;
  },

  async deleteDraft(tx: Tx, requestId: RequestId): Promise<void> {
    await tx
      .delete(compositionTable)
      .where(and(eq(compositionTable.requestId, requestId), eq(compositionTable.status, 'preliminary')));
  },
};

function draftOf(requestId: RequestId, version: number): SQL | undefined {
  return and(
    eq(compositionTable.requestId, requestId),
    eq(compositionTable.version, version),
    eq(compositionTable.status, 'preliminary'),
  );
}

async function findNewest(tx: Tx, condition: SQL | undefined): Promise<StoredConclusion | undefined> {
  const [row] = await tx
    .select({
      composition: compositionTable,
      authorName: userTable.displayName,
      replacedEdition: before.edition,
      replacedSignedAt: before.signedAt,
      sealOf: documentSignatureTable.compositionId,
    })
    .from(compositionTable)
    .innerJoin(userTable, eq(userTable.id, compositionTable.authorId))
    .leftJoin(
      before,
      and(eq(before.requestId, compositionTable.requestId), eq(before.edition, minusOne(compositionTable.edition))),
    )
    .leftJoin(documentSignatureTable, eq(documentSignatureTable.compositionId, compositionTable.id))
    .where(condition)
    .orderBy(desc(compositionTable.edition))
    .limit(1);
  if (row === undefined) return undefined;
  const { composition, authorName, replacedEdition, replacedSignedAt, sealOf } = row;
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
    edition: composition.edition,
    amendReason: composition.amendReason,
    replaces:
      replacedEdition === null || replacedSignedAt === null
        ? null
        : { edition: replacedEdition, signedAt: replacedSignedAt },
    isSealed: sealOf !== null,
    token: composition.token,
    signedBytes: composition.signedBytes,
  } as StoredConclusion;
}

function minusOne(column: typeof compositionTable.edition): SQL {
  return sql`${column} - 1`;
}
