import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';

export const systemRepository = {
  async hasDemoUsers(tx: Tx): Promise<boolean> {
    const rows = await tx.select({ id: userTable.id }).from(userTable).where(eq(userTable.isDemo, true)).limit(1);
    return rows.length > 0;
  },
};
