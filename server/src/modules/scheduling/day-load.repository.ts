import type { PractitionerId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import { and, asc, between, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { dayLoadHorizonTable, dayLoadQueueTable, dayLoadTable } from './roster.table.ts';

export type DayLoadRow = typeof dayLoadTable.$inferSelect;
export type QueuedDays = typeof dayLoadQueueTable.$inferSelect;

interface FreeDay {
  readonly practitionerId: PractitionerId;
  readonly day: CalendarDate;
  readonly firstFreeAt: Instant;
}

const nextFreeOf = prepared((tx) => {
  const mode = sql`${sql.placeholder('mode')}`;
  const services = sql`(select value from json_each(${sql.placeholder('services')}))`;
  const day = sql`select load.day from ${dayLoadTable} as load where load.practitioner_id = asked.value and load.mode = ${mode} and load.last_free_at >= ${sql.placeholder('from')} and load.service in ${services} order by load.last_free_at limit 1`;
  // One value for both: a subquery has no more.
  const next = sql`select min(same.first_free_at) || ' ' || same.day from ${dayLoadTable} as same where same.practitioner_id = asked.value and same.mode = ${mode} and same.day = (${day})`;
  return tx
    .select({ practitionerId: sql`asked.value`, next: sql`(${next})` })
    .from(sql`json_each(${sql.placeholder('ids')}) as asked`)
    .prepare();
});

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

  /**
   * For each specialist the first day with a free slot of one of these services at or after `from`, with the first free slot of all
   * their services that day: an earlier one may be of a service that ends earlier. Nobody's who has none. Two steps in indexes for each:
   * the day is the one whose last free slot is the next one.
   */
  async listFreeDays(
    tx: Tx,
    practitionerIds: readonly PractitionerId[],
    of: { readonly mode: BookableMode; readonly services: readonly ServiceCode[] },
    from: Instant,
  ): Promise<FreeDay[]> {
    if (practitionerIds.length === 0 || of.services.length === 0) return [];
    const asked = { ids: JSON.stringify(practitionerIds), mode: of.mode, services: JSON.stringify(of.services), from };
    const rows = (await nextFreeOf(tx).values(asked)) as unknown as [id: string, next: string | null][];
    return rows.flatMap(([id, next]) => {
      const [firstFreeAt, day] = next?.split(' ') ?? [];
      if (firstFreeAt === undefined || day === undefined) return [];
      return [{ practitionerId: id as PractitionerId, day: day as CalendarDate, firstFreeAt: firstFreeAt as Instant }];
    });
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
