import type { LinkCheckId, StationId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { DiaryCall, StationLink, StoredLinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import { and, asc, count, eq, gte, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { linkSampleTable } from '../link-samples/link-sample.table.ts';
import { coordinatorRegionTable, organizationRegionTable } from '../scheduling/place.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { linkCheckTable } from './link-check.table.ts';

type LinkCheckRow = typeof linkCheckTable.$inferSelect;

export const linkCheckRepository = {
  async find(tx: Tx, id: LinkCheckId): Promise<LinkCheckRow | undefined> {
    const [row] = await tx.select().from(linkCheckTable).where(eq(linkCheckTable.id, id));
    return row;
  },

  async save(tx: Tx, row: LinkCheckRow): Promise<void> {
    const { id: _, ...rest } = row;
    await tx.insert(linkCheckTable).values(row).onConflictDoUpdate({ target: linkCheckTable.id, set: rest });
  },

  async countOf(tx: Tx, userId: UserId, from: Instant): Promise<number> {
    const [row] = await tx
      .select({ checks: count() })
      .from(linkCheckTable)
      .where(and(eq(linkCheckTable.userId, userId), gte(linkCheckTable.at, from)));
    return row?.checks ?? 0;
  },

  /** Of a computer's user what is older than the diary shows. */
  async forget(tx: Tx, userId: UserId, before: Instant): Promise<void> {
    await tx.delete(linkCheckTable).where(and(eq(linkCheckTable.userId, userId), lt(linkCheckTable.at, before)));
  },

  /** The oldest first: of a station, or of a user who sits at none. */
  async list(tx: Tx, of: { stationId: StationId } | { userId: UserId }, from: Instant): Promise<StoredLinkCheck[]> {
    const whose = 'stationId' in of ? eq(linkCheckTable.stationId, of.stationId) : eq(linkCheckTable.userId, of.userId);
    const rows = await tx
      .select({ check: linkCheckTable, userName: userTable.displayName })
      .from(linkCheckTable)
      .innerJoin(userTable, eq(userTable.id, linkCheckTable.userId))
      .where(and(whose, gte(linkCheckTable.at, from)))
      .orderBy(asc(linkCheckTable.at));
    return rows.map(({ check: { userId: _, ...check }, userName }) => ({ ...check, userName }) as StoredLinkCheck);
  },

  /** How calls were at a station, the oldest first, by what its browsers said. */
  async listCalls(tx: Tx, stationId: StationId, from: Instant): Promise<DiaryCall[]> {
    const rows = await tx
      .select({
        requestId: serviceRequestTable.id,
        at: sql<string>`min(${linkSampleTable.at})`,
        minutes: sql<number>`sum(${linkSampleTable.seconds}) / 60.0`,
        rttMs: sql<number | null>`avg(${linkSampleTable.rttMs})`,
        sentBps: sql<number>`avg(${linkSampleTable.sentBps})`,
        receivedBps: sql<number>`avg(${linkSampleTable.receivedBps})`,
        concealedPercent: sql<number | null>`avg(${linkSampleTable.concealedPercent})`,
      })
      .from(serviceRequestTable)
      .innerJoin(linkSampleTable, eq(linkSampleTable.requestId, serviceRequestTable.id))
      .where(
        and(
          eq(serviceRequestTable.stationId, stationId),
          gte(serviceRequestTable.createdAt, from),
          eq(linkSampleTable.side, 'station'),
          eq(linkSampleTable.origin, 'client'),
        ),
      )
      .groupBy(serviceRequestTable.id)
      .orderBy(sql`2`);
    return rows as DiaryCall[];
  },

  /** Of active stations of an oblast; null: of all. */
  async listStations(tx: Tx, region: string | null, from: Instant): Promise<StationLink[]> {
    // By each station's own stretch of the index: the table is the country's.
    const newest = sql`(select c.id from link_check c where c.station_id = ${stationTable.id} order by c.at desc limit 1)`;
    const week = sql`from link_check c where c.station_id = ${stationTable.id} and c.at >= ${from}`;
    const rows = await tx
      .select({
        station: stationTable,
        at: linkCheckTable.at,
        grade: linkCheckTable.grade,
        step: linkCheckTable.step,
        checks: sql<number>`(select count(*) ${week})`,
        failed: sql<number>`(select count(*) ${week} and c.grade = 'fail')`,
      })
      .from(stationTable)
      .leftJoin(linkCheckTable, eq(linkCheckTable.id, newest))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .where(
        and(eq(stationTable.isActive, true), region === null ? undefined : eq(organizationRegionTable.region, region)),
      )
      .orderBy(asc(stationTable.oblastKk), asc(stationTable.nameKk));
    return rows.map(
      ({ station, at, grade, step, checks, failed }) =>
        ({
          stationId: station.id,
          name: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn },
          oblast: { kk: station.oblastKk, ru: station.oblastRu, en: station.oblastEn },
          last: at === null || grade === null ? null : { at, grade, step },
          checks,
          failed,
        }) as StationLink,
    );
  },

  /** Null: the coordinator acts everywhere. */
  async findCoordinatorRegion(tx: Tx, userId: UserId): Promise<string | null> {
    const [row] = await tx.select().from(coordinatorRegionTable).where(eq(coordinatorRegionTable.userId, userId));
    return row?.region ?? null;
  },

  /** Undefined: no such station; null: nobody has said where it is. */
  async findStationRegion(tx: Tx, stationId: StationId): Promise<string | null | undefined> {
    const [row] = await tx
      .select({ region: organizationRegionTable.region })
      .from(stationTable)
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .where(eq(stationTable.id, stationId));
    return row === undefined ? undefined : row.region;
  },
};
