import { and, asc, eq, gt } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { auditEventTable, auditTreeTable } from './audit.table.ts';

export type AuditRow = typeof auditEventTable.$inferSelect;
export type AuditTreeRow = typeof auditTreeTable.$inferSelect;

const TREE = 1;

export const auditRepository = {
  /** Undefined for a log from before there was a tree. */
  async findTree(tx: Tx): Promise<AuditTreeRow | undefined> {
    const [row] = await tx.select().from(auditTreeTable).where(eq(auditTreeTable.id, TREE));
    return row;
  },

  async insertTree(tx: Tx, row: Omit<AuditTreeRow, 'id'>): Promise<void> {
    await tx.insert(auditTreeTable).values({ id: TREE, ...row });
  },

  async updateTree(tx: Tx, row: Omit<AuditTreeRow, 'id'>): Promise<void> {
    await tx.update(auditTreeTable).set(row).where(eq(auditTreeTable.id, TREE));
  },

  /** Answers the number it got. */
  async insert(tx: Tx, row: Omit<AuditRow, 'seq'>): Promise<number> {
    const [stored] = await tx.insert(auditEventTable).values(row).returning({ seq: auditEventTable.seq });
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
