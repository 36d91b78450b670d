import type { RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { LIVE_STATES } from '@jaqyn/shared/scheduling/appointment.machine';
import type { DayEndEntry } from '@jaqyn/shared/scheduling/day-end.contract';
import { DAY_MINUTES, dayOf, fromMinute, minuteAt, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { and, asc, count, eq, gte, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../db/store.ts';
import { careTaskTable } from '../consultations/care-plan.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { appointmentTable } from './appointment.table.ts';
import { organizationRegionTable } from './place.table.ts';
import { shortName } from './short-name.ts';

/** A piece of a list: what comes after a place in it, and how much of that. Left out: from the beginning, to the end. */
export interface DayEndPiece {
  readonly after?: { readonly since: string; readonly requestId: string } | undefined;
  readonly limit?: number | undefined;
}

const columns = {
  requestId: serviceRequestTable.id,
  requestNumber: serviceRequestTable.number,
  requestStatus: serviceRequestTable.status,
  urgency: serviceRequestTable.urgency,
  specialty: serviceRequestTable.specialty,
  stationNameKk: stationTable.nameKk,
  stationNameRu: stationTable.nameRu,
  stationNameEn: stationTable.nameEn,
  familyName: patientTable.familyName,
  givenName: patientTable.givenName,
  middleName: patientTable.middleName,
  practitionerName: practitionerTable.displayName,
};

interface Counted {
  readonly entries: DayEndEntry[];
  /** Of the whole list. */
  readonly total: number;
}

export const dayEndRepository = {
  /** Talked or answered in these states since, up to the end of the day. */
  listInStates(
    tx: Tx,
    states: readonly DayEndEntry['requestStatus'][],
    until: Instant,
    region: string | undefined,
    piece: DayEndPiece,
  ): Promise<Counted> {
    const since = serviceRequestTable.statusChangedAt;
    const which = and(inArray(serviceRequestTable.status, [...states]), lt(since, until));
    return listRequests(tx, since, which, region, piece);
  },

  /** Past their treat-by date on that day and not seen yet. */
  listOverdue(tx: Tx, until: Instant, region: string | undefined): Promise<DayEndEntry[]> {
    const since = appointmentTable.treatBy;
    return listAppointments(
      tx,
      since,
      and(inArray(appointmentTable.status, [...LIVE_STATES]), lt(since, until)),
      region,
      {},
    ).then(({ entries }) => entries);
  },

  /** Asked for and in nobody's calendar: no appointment is on its way. `since` is when they were asked for. */
  listUnplaced(tx: Tx, until: Instant, region: string | undefined): Promise<DayEndEntry[]> {
    const since = serviceRequestTable.createdAt;
    const isUnplaced = inArray(serviceRequestTable.status, [
      'submitted',
      'in_triage',
      'redirected',
      'accepted',
      'no_show',
    ]);
    return listRequests(tx, since, and(isUnplaced, lt(since, until)), region, {}).then(({ entries }) => entries);
  },

  /** To be done for a patient by that day or before, and not done; each request once, by its longest overdue. `since` is the end of that day. */
  async listLateTasks(
    tx: Tx,
    day: CalendarDate,
    region: string | undefined,
    { after, limit }: DayEndPiece,
  ): Promise<Counted> {
    const dueOn = sql<string>`min(${careTaskTable.dueOn})`;
    const which = and(eq(careTaskTable.status, 'open'), lt(careTaskTable.dueOn, day), inRegion(region));
    const query = tx
      .select({ ...columns, since: dueOn, noShowCause: sql<null>`null` })
      .from(careTaskTable)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, careTaskTable.requestId))
      .leftJoin(practitionerTable, eq(practitionerTable.id, serviceRequestTable.practitionerId));
    // A day is told by its end, and the place of a page by what was told.
    const isAfter =
      after === undefined
        ? undefined
        : sql`(${dueOn}, ${serviceRequestTable.id}) > (${dayOf(toMinute(after.since as Instant) - 1)}, ${after.requestId})`;
    const rows = await withPlaceAndPatient(query.$dynamic())
      .where(which)
      .groupBy(serviceRequestTable.id)
      .having(isAfter)
      .orderBy(asc(dueOn), asc(serviceRequestTable.id))
      .limit(limit ?? -1);
    const counted = tx
      .select({ total: sql<number>`count(distinct ${serviceRequestTable.id})` })
      .from(careTaskTable)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, careTaskTable.requestId));
    const [all] = await withPlaceAndPatient(counted.$dynamic()).where(which);
    const entries = rows.map((row) =>
      toEntry({ ...row, since: fromMinute(minuteAt(row.since as CalendarDate, DAY_MINUTES)) }),
    );
    return { entries, total: all?.total ?? 0 };
  },

  /** Missed on that day and not rebooked. */
  listNoShows(tx: Tx, span: Span, region: string | undefined, piece: DayEndPiece): Promise<Counted> {
    const since = appointmentTable.startsAt;
    const isMissed = and(
      eq(appointmentTable.status, 'noshow'),
      isNull(appointmentTable.replacedById),
      gte(since, fromMinute(span.from)),
      lt(since, fromMinute(span.to)),
    );
    return listAppointments(tx, since, isMissed, region, piece);
  },
};

/** Oldest first. */
async function listRequests(
  tx: Tx,
  since: SQLiteColumn,
  which: SQL | undefined,
  region: string | undefined,
  { after, limit }: DayEndPiece,
): Promise<Counted> {
  const query = tx
    .select({ ...columns, since: sql<string>`${since}`, noShowCause: sql<null>`null` })
    .from(serviceRequestTable)
    .leftJoin(practitionerTable, eq(practitionerTable.id, serviceRequestTable.practitionerId));
  const rows = await withPlaceAndPatient(query.$dynamic())
    .where(and(which, inRegion(region), isAfter(since, after)))
    .orderBy(asc(since), asc(serviceRequestTable.id))
    .limit(limit ?? -1);
  const counted = tx.select({ total: count() }).from(serviceRequestTable);
  const [all] = await withPlaceAndPatient(counted.$dynamic()).where(and(which, inRegion(region)));
  return { entries: rows.map(toEntry), total: all?.total ?? 0 };
}

/** Oldest first. */
async function listAppointments(
  tx: Tx,
  since: SQLiteColumn,
  which: SQL | undefined,
  region: string | undefined,
  { after, limit }: DayEndPiece,
): Promise<Counted> {
  const query = tx
    .select({ ...columns, since: sql<string>`${since}`, noShowCause: appointmentTable.noShowCause })
    .from(appointmentTable)
    .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, appointmentTable.requestId))
    .leftJoin(practitionerTable, eq(practitionerTable.id, appointmentTable.practitionerId));
  const rows = await withPlaceAndPatient(query.$dynamic())
    .where(and(which, inRegion(region), isAfter(since, after)))
    // A patient is never in two places: one request has no two appointments of the same moment.
    .orderBy(asc(since), asc(serviceRequestTable.id))
    .limit(limit ?? -1);
  const counted = tx
    .select({ total: count() })
    .from(appointmentTable)
    .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, appointmentTable.requestId));
  const [all] = await withPlaceAndPatient(counted.$dynamic()).where(and(which, inRegion(region)));
  return { entries: rows.map(toEntry), total: all?.total ?? 0 };
}

function withPlaceAndPatient<Query extends SQLiteSelect>(query: Query) {
  return query
    .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
    .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
    .leftJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId));
}

function isAfter(since: SQLiteColumn, after: DayEndPiece['after']): SQL | undefined {
  return after && sql`(${since}, ${serviceRequestTable.id}) > (${after.since}, ${after.requestId})`;
}

function inRegion(region: string | undefined): SQL | undefined {
  return region === undefined ? undefined : eq(organizationRegionTable.region, region);
}

interface EntryRow {
  readonly requestId: string;
  readonly requestNumber: string;
  readonly requestStatus: DayEndEntry['requestStatus'];
  readonly urgency: DayEndEntry['urgency'];
  readonly specialty: string;
  readonly stationNameKk: string;
  readonly stationNameRu: string;
  readonly stationNameEn: string;
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly middleName: string | null;
  readonly practitionerName: string | null;
  readonly since: string;
  readonly noShowCause: DayEndEntry['noShowCause'];
}

function toEntry(row: EntryRow): DayEndEntry {
  return {
    requestId: row.requestId as RequestId,
    requestNumber: row.requestNumber,
    requestStatus: row.requestStatus,
    urgency: row.urgency,
    specialty: row.specialty as SpecialtyCode,
    stationName: { kk: row.stationNameKk, ru: row.stationNameRu, en: row.stationNameEn },
    patientName:
      row.familyName === null
        ? ''
        : shortName({ familyName: row.familyName, givenName: row.givenName ?? '', middleName: row.middleName ?? '' }),
    practitionerName: row.practitionerName,
    since: row.since as Instant,
    noShowCause: row.noShowCause,
  };
}
