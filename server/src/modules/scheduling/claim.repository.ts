import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { fromMinute, type Span } from '@jaqyn/shared/scheduling/local-day';
import { SLOT_MINUTES } from '@jaqyn/shared/scheduling/roster';
import { and, eq, getTableColumns, gt, gte, inArray, lt, lte, ne, sql } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import { plainRows } from '../../db/plain-rows.ts';
import { isRefusedBy } from '../../db/refusal.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { userTable } from '../auth/user.table.ts';
import { type CLAIM_KINDS, slotClaimTable, slotHoldTable } from './appointment.table.ts';

type StoredClaim = typeof slotClaimTable.$inferSelect;
/** A claim on one kind of resource. */
export type ClaimRow = Omit<StoredClaim, 'id' | 'kind'>;
export type HoldRow = typeof slotHoldTable.$inferSelect;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** Without what whoever asks knows: a board of a week has close to two thousand of these. */
const { id: _, kind: __, ...columns } = getTableColumns(slotClaimTable);

/** One after the other, each by the index: left to choose, SQLite reads every claim there is as soon as it has statistics. */
const takenOf = prepared((tx) =>
  tx
    .select(columns)
    .from(sql`json_each(${sql.placeholder('ids')}) as asked`)
    .crossJoin(slotClaimTable)
    .where(
      and(
        eq(slotClaimTable.kind, sql.placeholder('kind')),
        eq(slotClaimTable.resourceId, sql`asked.value`),
        inArray(slotClaimTable.lane, [0, 1, 2, 3]),
        gte(slotClaimTable.startsAt, sql.placeholder('notBefore')),
        lt(slotClaimTable.startsAt, sql.placeholder('to')),
        gt(slotClaimTable.endsAt, sql.placeholder('from')),
        ne(slotClaimTable.holderId, sql.placeholder('except')),
      ),
    )
    .prepare(),
);

export const claimRepository = {
  /** False when the database refuses it: the resource is taken at that time, or there is no such lane. */
  async insert(tx: Tx, row: Omit<StoredClaim, 'id'>): Promise<boolean> {
    try {
      await tx.insert(slotClaimTable).values(row);
      return true;
    } catch (error) {
      if (isRefusedBy(error, 'slot_claim: taken') || isRefusedBy(error, 'slot_claim: no such lane')) return false;
      throw error;
    }
  },

  async removeOf(tx: Tx, holderId: string): Promise<void> {
    await tx.delete(slotClaimTable).where(eq(slotClaimTable.holderId, holderId));
  },

  async listOf(tx: Tx, holderId: string): Promise<StoredClaim[]> {
    return tx.select().from(slotClaimTable).where(eq(slotClaimTable.holderId, holderId));
  },

  /** What takes these resources in a span. A slot is at most four hours long, so no claim reaches in from further back. */
  async listTaken(
    tx: Tx,
    kind: ClaimKind,
    resourceIds: readonly string[],
    span: Span,
    options: { exceptHolder?: string | undefined } = {},
  ): Promise<ClaimRow[]> {
    if (resourceIds.length === 0) return [];
    const rows = await takenOf(tx).values({
      kind,
      ids: JSON.stringify(resourceIds),
      notBefore: fromMinute(span.from - SLOT_MINUTES.max),
      from: fromMinute(span.from),
      to: fromMinute(span.to),
      except: options.exceptHolder ?? '',
    });
    return plainRows(columns, rows);
  },

  async insertHold(tx: Tx, row: HoldRow): Promise<void> {
    await tx.insert(slotHoldTable).values(row);
  },

  async findHold(tx: Tx, id: string): Promise<HoldRow | undefined> {
    const [row] = await tx.select().from(slotHoldTable).where(eq(slotHoldTable.id, id));
    return row;
  },

  /** The hold and the time it kept. */
  async removeHold(tx: Tx, id: string): Promise<void> {
    await tx.delete(slotClaimTable).where(eq(slotClaimTable.holderId, id));
    await tx.delete(slotHoldTable).where(eq(slotHoldTable.id, id));
  },

  async listExpiredHolds(tx: Tx, at: Instant, limit: number): Promise<HoldRow[]> {
    return tx.select().from(slotHoldTable).where(lte(slotHoldTable.expiresAt, at)).limit(limit);
  },

  /** Live holds of these specialists with who has them. */
  async listHolds(tx: Tx, practitionerIds: readonly PractitionerId[], span: Span, at: Instant) {
    if (practitionerIds.length === 0) return [];
    return tx
      .select({ hold: slotHoldTable, byName: userTable.displayName })
      .from(slotHoldTable)
      .innerJoin(userTable, eq(userTable.id, slotHoldTable.userId))
      .where(
        and(
          inList(slotHoldTable.practitionerId, practitionerIds),
          lt(slotHoldTable.startsAt, fromMinute(span.to)),
          gt(slotHoldTable.endsAt, fromMinute(span.from)),
          gt(slotHoldTable.expiresAt, at),
        ),
      );
  },
};
