import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { UserId } from '@jaqyn/shared/kernel/ids';
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { sessionTable, userTable } from './user.table.ts';

export type UserRow = typeof userTable.$inferSelect;
export type SessionRow = typeof sessionTable.$inferSelect;

const sessionByToken = prepared((tx) =>
  tx
    .select({ session: sessionTable, user: userTable, station: stationTable, specialty: practitionerTable.specialty })
    .from(sessionTable)
    .innerJoin(userTable, eq(userTable.id, sessionTable.userId))
    .leftJoin(stationTable, eq(stationTable.id, userTable.stationId))
    .leftJoin(practitionerTable, eq(practitionerTable.id, userTable.practitionerId))
    .where(eq(sessionTable.tokenHash, sql.placeholder('tokenHash')))
    .prepare(),
);

export const authRepository = {
  async findUserByLogin(tx: Tx, login: string): Promise<UserRow | undefined> {
    const [row] = await tx.select().from(userTable).where(eq(userTable.login, login));
    return row;
  },

  async findUser(tx: Tx, id: UserId): Promise<UserRow | undefined> {
    const [row] = await tx.select().from(userTable).where(eq(userTable.id, id));
    return row;
  },

  /** A session with everything an Actor and the sign-in answer need, in one read. */
  async findSession(tx: Tx, tokenHash: string) {
    const [row] = await sessionByToken(tx).all({ tokenHash });
    return row;
  },

  async insertSession(tx: Tx, row: SessionRow): Promise<void> {
    await tx.insert(sessionTable).values(row);
  },

  /** True when it was this call that ended it. */
  async endSession(tx: Tx, id: string, endedAt: string): Promise<boolean> {
    const { changes } = await tx
      .update(sessionTable)
      .set({ endedAt })
      .where(and(eq(sessionTable.id, id), isNull(sessionTable.endedAt)));
    return changes === 1;
  },

  /** Removes what ended or ran out before a moment, some at a time; answers how many. */
  async removeSessions(tx: Tx, before: string, limit: number): Promise<number> {
    const over = tx
      .select({ id: sessionTable.id })
      .from(sessionTable)
      .where(or(lt(sessionTable.expiresAt, before), lt(sessionTable.endedAt, before)))
      .limit(limit);
    return (await tx.delete(sessionTable).where(inArray(sessionTable.id, over))).changes;
  },

  async setLanguage(tx: Tx, id: UserId, language: Language): Promise<void> {
    await tx.update(userTable).set({ language }).where(eq(userTable.id, id));
  },

  async listUserIdsOfPractitioners(tx: Tx, practitionerId: string): Promise<string[]> {
    const rows = await tx
      .select({ id: userTable.id })
      .from(userTable)
      .where(and(eq(userTable.practitionerId, practitionerId), eq(userTable.isDisabled, false)));
    return rows.map((row) => row.id);
  },
};
