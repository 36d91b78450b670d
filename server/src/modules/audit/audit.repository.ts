import { and, asc, desc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { auditEventTable } from './audit.table.ts';

export type AuditRow = typeof auditEventTable.$inferSelect;

export const auditRepository = {
  async findLastHash(tx: Tx): Promise<string | undefined> {
    const [row] = await tx
      .select({ hash: auditEventTable.hash })
      .from(auditEventTable)
      .orderBy(desc(auditEventTable.seq))
      .limit(1);
    return row?.hash;
  },

  async insert(tx: Tx, row: Omit<AuditRow, 'seq'>): Promise<void> {
    await tx.insert(auditEventTable).values(row);
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
