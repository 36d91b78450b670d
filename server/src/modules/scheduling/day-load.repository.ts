import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import { and, asc, between, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { dayLoadHorizonTable, dayLoadQueueTable, dayLoadTable } from './roster.table.ts';

export type DayLoadRow = typeof dayLoadTable.$inferSelect;
export type QueuedDays = typeof dayLoadQueueTable.$inferSelect;

export const dayLoadRepository = {
  /** Replaces what is known of a specialist's days. */
  async replace(
    tx: Tx,
    practitionerId: PractitionerId,
    days: readonly CalendarDate[],
    rows: readonly DayLoadRow[],
  ): Promise<void> {
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return;
    await tx.delete(dayLoadTable).where(
      and(
        eq(dayLoadTable.practitionerId, practitionerId),
        // A run of days is a range; single ones are named.
        days.length > 8 ? between(dayLoadTable.day, first, last) : inArray(dayLoadTable.day, [...days]),
      ),
    );
    if (rows.length > 0) await tx.insert(dayLoadTable).values([...rows]);
  },

  /** For each specialist the first day with a free slot at or after `from`; nobody's who has none. */
  async listFreeDays(
    tx: Tx,
    practitionerIds: readonly PractitionerId[],
    mode: BookableMode,
    from: Instant,
  ): Promise<Pick<DayLoadRow, 'practitionerId' | 'day' | 'firstFreeAt'>[]> {
    if (practitionerIds.length === 0) return [];
    const first = sql<string>`(select min(inner_load.last_free_at) from ${dayLoadTable} as inner_load where inner_load.practitioner_id = ${dayLoadTable.practitionerId} and inner_load.mode = ${mode} and inner_load.last_free_at >= ${from})`;
    return tx
      .select({
        practitionerId: dayLoadTable.practitionerId,
        day: dayLoadTable.day,
        firstFreeAt: dayLoadTable.firstFreeAt,
      })
      .from(dayLoadTable)
      .where(
        and(
          inArray(dayLoadTable.practitionerId, [...practitionerIds]),
          eq(dayLoadTable.mode, mode),
          eq(dayLoadTable.lastFreeAt, first),
        ),
      );
  },

  async list(tx: Tx, practitionerId: PractitionerId, from: CalendarDate, to: CalendarDate): Promise<DayLoadRow[]> {
    return tx
      .select()
      .from(dayLoadTable)
      .where(and(eq(dayLoadTable.practitionerId, practitionerId), between(dayLoadTable.day, from, to)))
      .orderBy(asc(dayLoadTable.day), asc(dayLoadTable.service), asc(dayLoadTable.mode));
  },

  /** Asks for these days of somebody to be written; what was asked for before stays asked for. */
  async enqueue(
    tx: Tx,
    practitionerIds: readonly PractitionerId[],
    fromDay: CalendarDate,
    toDay: CalendarDate,
  ): Promise<void> {
    for (let start = 0; start < practitionerIds.length; start += 500) {
      const rows = practitionerIds
        .slice(start, start + 500)
        .map((practitionerId) => ({ practitionerId, fromDay, toDay }));
      await tx
        .insert(dayLoadQueueTable)
        .values(rows)
        .onConflictDoUpdate({
          target: dayLoadQueueTable.practitionerId,
          set: {
            fromDay: sql`min(${dayLoadQueueTable.fromDay}, excluded.from_day)`,
            toDay: sql`max(${dayLoadQueueTable.toDay}, excluded.to_day)`,
          },
        });
    }
  },

  async listQueued(tx: Tx, limit: number): Promise<QueuedDays[]> {
    return tx.select().from(dayLoadQueueTable).orderBy(asc(dayLoadQueueTable.practitionerId)).limit(limit);
  },

  async dequeue(tx: Tx, practitionerId: string): Promise<void> {
    await tx.delete(dayLoadQueueTable).where(eq(dayLoadQueueTable.practitionerId, practitionerId));
  },

  async findHorizon(tx: Tx): Promise<CalendarDate | undefined> {
    const [row] = await tx.select().from(dayLoadHorizonTable).where(eq(dayLoadHorizonTable.id, 1));
    return row?.throughDay as CalendarDate | undefined;
  },

  async saveHorizon(tx: Tx, throughDay: CalendarDate): Promise<void> {
    await tx
      .insert(dayLoadHorizonTable)
      .values({ id: 1, throughDay })
      .onConflictDoUpdate({ target: dayLoadHorizonTable.id, set: { throughDay } });
  },

  /** Days that are over need no search. */
  async forgetBefore(tx: Tx, day: CalendarDate, practitionerId: PractitionerId): Promise<void> {
    await tx
      .delete(dayLoadTable)
      .where(and(eq(dayLoadTable.practitionerId, practitionerId), lt(dayLoadTable.day, day)));
  },
};
