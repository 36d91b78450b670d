import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { userTable } from '../auth/user.table.ts';
import { auditEventTable, auditTreeTable, IS_STATE } from './audit.table.ts';

export type AuditRow = typeof auditEventTable.$inferSelect;
export type AuditTreeRow = typeof auditTreeTable.$inferSelect;

const TREE = 1;

const selectTree = prepared((tx) => tx.select().from(auditTreeTable).where(eq(auditTreeTable.id, TREE)).prepare());

const changeTree = prepared((tx) =>
  tx
    .update(auditTreeTable)
    .set({
      size: sql`${sql.placeholder('size')}`,
      frontier: sql`${sql.placeholder('frontier')}`,
      lastHash: sql`${sql.placeholder('lastHash')}`,
    })
    .where(eq(auditTreeTable.id, TREE))
    .prepare(),
);

const insertEvent = prepared((tx) =>
  tx
    .insert(auditEventTable)
    .values({
      at: sql.placeholder('at'),
      actorId: sql.placeholder('actorId'),
      actorRole: sql.placeholder('actorRole'),
      action: sql.placeholder('action'),
      entityType: sql.placeholder('entityType'),
      entityId: sql.placeholder('entityId'),
      detail: sql.placeholder('detail'),
      prevHash: sql.placeholder('prevHash'),
      hash: sql.placeholder('hash'),
    })
    .returning({ seq: auditEventTable.seq })
    .prepare(),
);

export const auditRepository = {
  /** Undefined for a log from before there was a tree. */
  async findTree(tx: Tx): Promise<AuditTreeRow | undefined> {
    const [row] = await selectTree(tx).all();
    return row;
  },

  async insertTree(tx: Tx, row: Omit<AuditTreeRow, 'id'>): Promise<void> {
    await tx.insert(auditTreeTable).values({ id: TREE, ...row });
  },

  async updateTree(tx: Tx, row: Omit<AuditTreeRow, 'id'>): Promise<void> {
    await changeTree(tx).run(row);
  },

  /** Answers the number it got. */
  async insert(tx: Tx, row: Omit<AuditRow, 'seq'>): Promise<number> {
    const [stored] = await insertEvent(tx).all(row);
    if (stored === undefined) throw new Error('the audit entry got no number');
    return stored.seq;
  },

  async listHashesAfter(tx: Tx, seq: number, limit: number): Promise<Pick<AuditRow, 'seq' | 'hash'>[]> {
    return tx
      .select({ seq: auditEventTable.seq, hash: auditEventTable.hash })
      .from(auditEventTable)
      .where(gt(auditEventTable.seq, seq))
      .orderBy(asc(auditEventTable.seq))
      .limit(limit);
  },

  async listAll(tx: Tx): Promise<AuditRow[]> {
    return tx.select().from(auditEventTable).orderBy(asc(auditEventTable.seq));
  },

  /** The newest entry that says how something is. */
  async findState(tx: Tx, entityType: string, entityId: string) {
    const [row] = await tx
      .select({
        at: auditEventTable.at,
        action: auditEventTable.action,
        detail: auditEventTable.detail,
        actorName: userTable.displayName,
      })
      .from(auditEventTable)
      .leftJoin(userTable, eq(userTable.id, auditEventTable.actorId))
      // With a plus the index of all entries stays out of it.
      .where(and(eq(auditEventTable.entityId, entityId), sql`+${auditEventTable.entityType} = ${entityType}`, IS_STATE))
      .orderBy(desc(auditEventTable.seq))
      .limit(1);
    return row;
  },

  async listForEntity(tx: Tx, entityType: string, entityId: string) {
    return tx
      .select({
        at: auditEventTable.at,
        action: auditEventTable.action,
        detail: auditEventTable.detail,
        actorName: userTable.displayName,
      })
      .from(auditEventTable)
      .leftJoin(userTable, eq(userTable.id, auditEventTable.actorId))
      .where(and(eq(auditEventTable.entityType, entityType), eq(auditEventTable.entityId, entityId)))
      .orderBy(asc(auditEventTable.seq));
  },
};
