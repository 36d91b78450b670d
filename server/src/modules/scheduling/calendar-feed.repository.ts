import type { FeedId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { CalendarFeed } from '@jaqyn/shared/scheduling/calendar-feed.contract';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { calendarFeedTable } from './calendar-feed.table.ts';

type FeedRow = typeof calendarFeedTable.$inferSelect;

export const calendarFeedRepository = {
  async list(tx: Tx, practitionerId: PractitionerId): Promise<CalendarFeed[]> {
    const rows = await tx
      .select()
      .from(calendarFeedTable)
      .where(eq(calendarFeedTable.practitionerId, practitionerId))
      .orderBy(desc(calendarFeedTable.createdAt));
    return rows.map(toFeed);
  },

  async find(tx: Tx, id: FeedId): Promise<CalendarFeed | undefined> {
    const [row] = await tx.select().from(calendarFeedTable).where(eq(calendarFeedTable.id, id));
    return row && toFeed(row);
  },

  /** The feed of a token that still works. */
  async findByToken(tx: Tx, tokenHash: string): Promise<CalendarFeed | undefined> {
    const [row] = await tx
      .select()
      .from(calendarFeedTable)
      .where(and(eq(calendarFeedTable.tokenHash, tokenHash), isNull(calendarFeedTable.revokedAt)));
    return row && toFeed(row);
  },

  async insert(tx: Tx, row: FeedRow): Promise<void> {
    await tx.insert(calendarFeedTable).values(row);
  },

  async revoke(tx: Tx, id: FeedId, at: Instant): Promise<void> {
    await tx.update(calendarFeedTable).set({ revokedAt: at }).where(eq(calendarFeedTable.id, id));
  },

  async noteRead(tx: Tx, id: FeedId, at: Instant): Promise<void> {
    await tx.update(calendarFeedTable).set({ lastReadAt: at }).where(eq(calendarFeedTable.id, id));
  },
};

function toFeed({ tokenHash: _hash, createdBy: _by, ...row }: FeedRow): CalendarFeed {
  return row as CalendarFeed;
}
