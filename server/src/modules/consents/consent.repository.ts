import type { ConsentLanguage, ConsentText } from '@jaqyn/shared/consents/consent';
import type { ConsentTextId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { consentTable, consentTextTable } from './consent.table.ts';

export type ConsentRow = typeof consentTable.$inferSelect;

export const consentRepository = {
  /** Every version, the oldest first. */
  async listTexts(tx: Tx): Promise<ConsentText[]> {
    const rows = await tx
      .select()
      .from(consentTextTable)
      .orderBy(asc(consentTextTable.language), asc(consentTextTable.version));
    return rows.map(toText);
  },

  async findText(tx: Tx, id: ConsentTextId): Promise<ConsentText | undefined> {
    const [row] = await tx.select().from(consentTextTable).where(eq(consentTextTable.id, id));
    return row && toText(row);
  },

  async findLatestText(tx: Tx, language: ConsentLanguage): Promise<ConsentText | undefined> {
    const [row] = await tx
      .select()
      .from(consentTextTable)
      .where(eq(consentTextTable.language, language))
      .orderBy(desc(consentTextTable.version))
      .limit(1);
    return row && toText(row);
  },

  async insertText(tx: Tx, text: ConsentText & { createdAt: string; createdBy: UserId }): Promise<void> {
    await tx.insert(consentTextTable).values(text);
  },

  async findRow(tx: Tx, id: string): Promise<ConsentRow | undefined> {
    const [row] = await tx.select().from(consentTable).where(eq(consentTable.id, id));
    return row;
  },

  async insert(tx: Tx, row: Omit<ConsentRow, 'seq'>): Promise<void> {
    await tx.insert(consentTable).values(row);
  },

  /** Newest first. */
  async listOfRequest(tx: Tx, requestId: RequestId): Promise<{ consent: ConsentRow; byName: string }[]> {
    return tx
      .select({ consent: consentTable, byName: userTable.displayName })
      .from(consentTable)
      .innerJoin(userTable, eq(userTable.id, consentTable.recordedBy))
      .where(eq(consentTable.requestId, requestId))
      .orderBy(desc(consentTable.seq));
  },

  /** Which of these requests have a consent that counts, or the emergency exception: neither missing nor withdrawn. */
  async listSettled(tx: Tx, requestIds: readonly string[]): Promise<Set<string>> {
    if (requestIds.length === 0) return new Set();
    const rows = await tx
      .select({ requestId: consentTable.requestId })
      .from(consentTable)
      .where(
        sql`${inList(consentTable.requestId, requestIds)} and ${consentTable.kind} <> 'withdrawn'
          and ${consentTable.seq} = (select max(last.seq) from ${consentTable} last where last.request_id = ${consentTable.requestId})`,
      );
    return new Set(rows.map(({ requestId }) => requestId));
  },
};

function toText({ createdAt: _at, createdBy: _by, ...row }: typeof consentTextTable.$inferSelect): ConsentText {
  return row as ConsentText;
}
