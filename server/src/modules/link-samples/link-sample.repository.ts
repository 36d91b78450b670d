import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { asc, count, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { linkSampleTable } from './link-sample.table.ts';

export type LinkSampleRow = typeof linkSampleTable.$inferSelect;

export const linkSampleRepository = {
  /** What is there already stays as it is: a sample that was told twice is one. */
  async save(tx: Tx, rows: readonly LinkSampleRow[]): Promise<void> {
    if (rows.length > 0)
      await tx
        .insert(linkSampleTable)
        .values([...rows])
        .onConflictDoNothing();
  },

  async count(tx: Tx, requestId: RequestId): Promise<number> {
    const [row] = await tx
      .select({ rows: count() })
      .from(linkSampleTable)
      .where(eq(linkSampleTable.requestId, requestId));
    return row?.rows ?? 0;
  },

  async list(tx: Tx, requestId: RequestId): Promise<LinkSampleRow[]> {
    return tx
      .select()
      .from(linkSampleTable)
      .where(eq(linkSampleTable.requestId, requestId))
      .orderBy(asc(linkSampleTable.at), asc(linkSampleTable.userId), asc(linkSampleTable.origin));
  },
};
