import type { Language, Role } from '@jaqyn/shared/auth/auth.contract';
import type { UserId } from '@jaqyn/shared/kernel/ids';
import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { coordinatorRegionTable } from '../scheduling/place.table.ts';
import { noticeContactTable } from './notice.table.ts';

export interface Person {
  readonly id: UserId;
  readonly displayName: string;
  readonly role: Role;
  readonly language: Language;
}

export const PERSON = {
  id: userTable.id,
  displayName: userTable.displayName,
  role: userTable.role,
  language: userTable.language,
};

/** Who is told, and where they can be reached. */
export const recipientRepository = {
  /** Everybody who works at a station, or is one of these specialists. */
  async listStaff(tx: Tx, of: { stationId?: string; practitionerIds?: readonly string[] }): Promise<Person[]> {
    const isOne = or(
      of.stationId === undefined ? undefined : eq(userTable.stationId, of.stationId),
      of.practitionerIds === undefined ? undefined : inArray(userTable.practitionerId, [...of.practitionerIds]),
    );
    return (await tx
      .select(PERSON)
      .from(userTable)
      .where(and(isOne, eq(userTable.isDisabled, false)))
      .orderBy(asc(userTable.id))) as Person[];
  },

  async findPerson(tx: Tx, userId: UserId): Promise<Person | undefined> {
    const [person] = await tx
      .select(PERSON)
      .from(userTable)
      .where(and(eq(userTable.id, userId), eq(userTable.isDisabled, false)));
    return person as Person | undefined;
  },

  /** Coordinators who act for an oblast: its own and those of the whole country. */
  async listCoordinators(tx: Tx, region: string | null): Promise<Person[]> {
    const here = region === null ? undefined : eq(coordinatorRegionTable.region, region);
    return (await tx
      .select(PERSON)
      .from(userTable)
      .leftJoin(coordinatorRegionTable, eq(coordinatorRegionTable.userId, userTable.id))
      .where(
        and(
          eq(userTable.role, 'coordinator'),
          eq(userTable.isDisabled, false),
          or(isNull(coordinatorRegionTable.region), here),
        ),
      )
      .orderBy(asc(userTable.id))) as Person[];
  },

  async findCoordinatorRegion(tx: Tx, userId: string): Promise<string | undefined> {
    const [row] = await tx.select().from(coordinatorRegionTable).where(eq(coordinatorRegionTable.userId, userId));
    return row?.region;
  },

  async findContacts(tx: Tx, userId: string): Promise<{ email: string; phone: string }> {
    const [row] = await tx.select().from(noticeContactTable).where(eq(noticeContactTable.userId, userId));
    return { email: row?.email ?? '', phone: row?.phone ?? '' };
  },

  /** Of those who gave any. */
  async listContacts(tx: Tx, userIds: readonly string[]): Promise<Map<string, { email: string; phone: string }>> {
    const rows = await tx.select().from(noticeContactTable).where(inList(noticeContactTable.userId, userIds));
    return new Map(rows.map(({ userId, email, phone }) => [userId, { email, phone }]));
  },

  async saveContacts(tx: Tx, userId: string, contacts: { email: string; phone: string }): Promise<void> {
    await tx
      .insert(noticeContactTable)
      .values({ userId, ...contacts })
      .onConflictDoUpdate({ target: noticeContactTable.userId, set: contacts });
  },
};
