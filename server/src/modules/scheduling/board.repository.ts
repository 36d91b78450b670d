import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { BoardAppointment } from '@jaqyn/shared/scheduling/board.contract';
import { fromMinute, type Span } from '@jaqyn/shared/scheduling/local-day';
import { SLOT_MINUTES } from '@jaqyn/shared/scheduling/roster';
import { and, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { SHOWN } from './appointment.repository.ts';
import { appointmentMemberTable, appointmentTable } from './appointment.table.ts';
import { shortName } from './short-name.ts';

const others = alias(appointmentMemberTable, 'others');

/** Read by their place: `ShownRow` says the same in the same order. */
const columns = {
  id: appointmentTable.id,
  requestId: appointmentTable.requestId,
  requestNumber: serviceRequestTable.number,
  requestStatus: serviceRequestTable.status,
  status: appointmentTable.status,
  version: appointmentTable.version,
  service: appointmentTable.service,
  specialty: appointmentTable.specialty,
  mode: appointmentTable.mode,
  urgency: appointmentTable.urgency,
  treatBy: appointmentTable.treatBy,
  patientId: appointmentTable.patientId,
  familyName: patientTable.familyName,
  givenName: patientTable.givenName,
  middleName: patientTable.middleName,
  birthDate: patientTable.birthDate,
  sex: patientTable.sex,
  stationId: appointmentTable.stationId,
  startsAt: appointmentTable.startsAt,
  endsAt: appointmentTable.endsAt,
  lead: appointmentTable.practitionerId,
  lane: appointmentTable.lane,
  seriesId: appointmentTable.seriesId,
  expiresAt: appointmentTable.expiresAt,
  noShowCause: appointmentTable.noShowCause,
  note: appointmentTable.note,
  replacedById: appointmentTable.replacedById,
  other: others.practitionerId,
  position: others.position,
};

type Wire = Required<BoardAppointment>;
type ShownRow = readonly [
  id: Wire['id'],
  requestId: Wire['requestId'],
  requestNumber: string,
  requestStatus: Wire['requestStatus'],
  status: Wire['status'],
  version: number,
  service: Wire['service'],
  specialty: Wire['specialty'],
  mode: Wire['mode'],
  urgency: Wire['urgency'],
  treatBy: Wire['treatBy'],
  patientId: Wire['patientId'],
  familyName: string,
  givenName: string,
  middleName: string,
  birthDate: Wire['birthDate'],
  sex: Wire['sex'],
  stationId: Wire['stationId'],
  startsAt: Wire['startsAt'],
  endsAt: Wire['endsAt'],
  lead: PractitionerId,
  lane: number,
  seriesId: Wire['seriesId'] | null,
  expiresAt: Wire['expiresAt'] | null,
  noShowCause: Wire['noShowCause'] | null,
  note: string,
  replacedById: Wire['replacedById'] | null,
  other: PractitionerId | null,
  position: number | null,
];

const ASKED = sql`json_each(${sql.placeholder('ids')}) as asked`;

function isShown(startsAt: SQL): SQL | undefined {
  return and(
    sql`${startsAt} >= ${sql.placeholder('notBefore')}`,
    sql`${startsAt} < ${sql.placeholder('to')}`,
    gt(appointmentTable.endsAt, sql.placeholder('from')),
    inArray(appointmentTable.status, [...SHOWN]),
  );
}

/**
 * A week of a busy specialty in one statement, person by person in the order of the index and everything else by its key. Left to
 * choose, SQLite goes through the week of the whole country.
 */
const ledBy = prepared((tx) =>
  tx
    .select(columns)
    .from(ASKED)
    .crossJoin(appointmentTable)
    .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, appointmentTable.requestId))
    .innerJoin(patientTable, eq(patientTable.id, appointmentTable.patientId))
    .leftJoin(others, eq(others.appointmentId, appointmentTable.id))
    .where(and(eq(appointmentTable.practitionerId, sql`asked.value`), isShown(sql`${appointmentTable.startsAt}`)))
    .prepare(),
);

/** By the few consilia somebody takes part in, and only then by time. */
const joinedBy = prepared((tx) =>
  tx
    .select(columns)
    .from(ASKED)
    .crossJoin(appointmentMemberTable)
    .crossJoin(appointmentTable)
    .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, appointmentTable.requestId))
    .innerJoin(patientTable, eq(patientTable.id, appointmentTable.patientId))
    .leftJoin(others, eq(others.appointmentId, appointmentTable.id))
    .where(
      and(
        eq(appointmentMemberTable.practitionerId, sql`asked.value`),
        eq(appointmentTable.id, appointmentMemberTable.appointmentId),
        isShown(sql`+${appointmentTable.startsAt}`),
      ),
    )
    .prepare(),
);

/** What the board shows of appointments, stations and specialists, each read once. */
export const boardRepository = {
  /** Of these specialists in a span, as lead or as one of several, missed ones too; each person's in the order of time. */
  async listAppointments(tx: Tx, ids: readonly PractitionerId[], span: Span): Promise<BoardAppointment[]> {
    if (ids.length === 0) return [];
    const asked = {
      ids: JSON.stringify(ids),
      notBefore: fromMinute(span.from - SLOT_MINUTES.max),
      from: fromMinute(span.from),
      to: fromMinute(span.to),
    };
    const led = (await ledBy(tx).values(asked)) as unknown as ShownRow[];
    const joined = (await joinedBy(tx).values(asked)) as unknown as ShownRow[];
    return toAppointments(led, joined);
  },

  async listStations(tx: Tx, ids: readonly string[]) {
    if (ids.length === 0) return [];
    const { id, nameKk, nameRu, nameEn, phone } = stationTable;
    const rows = await tx
      .select({ id, nameKk, nameRu, nameEn, phone })
      .from(stationTable)
      .where(inList(stationTable.id, ids));
    return rows.map((row) => ({
      id: row.id as BoardAppointment['stationId'],
      name: { kk: row.nameKk, ru: row.nameRu, en: row.nameEn },
      phone: row.phone,
    }));
  },

  async listNames(tx: Tx, ids: readonly PractitionerId[]): Promise<{ id: PractitionerId; displayName: string }[]> {
    if (ids.length === 0) return [];
    const { id, displayName } = practitionerTable;
    const rows = await tx.select({ id, displayName }).from(practitionerTable).where(inList(practitionerTable.id, ids));
    return rows as { id: PractitionerId; displayName: string }[];
  },
};

/** A consilium has a row for each of its other specialists, and may be found more than once. */
function toAppointments(...found: readonly (readonly ShownRow[])[]): BoardAppointment[] {
  const byId = new Map<string, BoardAppointment>();
  const several = new Map<string, Map<PractitionerId, number>>();
  for (const rows of found) {
    for (const row of rows) {
      const [id] = row;
      if (!byId.has(id)) byId.set(id, toAppointment(row));
      const other = row[27];
      if (other === null) continue;
      const known = several.get(id);
      if (known === undefined) several.set(id, new Map([[other, row[28] ?? 0]]));
      else known.set(other, row[28] ?? 0);
    }
  }
  for (const [id, positions] of several) {
    const sorted = [...positions].sort(([, a], [, b]) => a - b).map(([other]) => other);
    byId.get(id)?.practitionerIds.push(...sorted);
  }
  return [...byId.values()];
}

function toAppointment(row: ShownRow): BoardAppointment {
  const [id, requestId, requestNumber, requestStatus, status, version, service, specialty, mode, urgency] = row;
  const appointment = {
    id,
    requestId,
    requestNumber,
    requestStatus,
    status,
    version,
    service,
    specialty,
    mode,
    urgency,
    treatBy: row[10],
    patientId: row[11],
    shortName: shortName({ familyName: row[12], givenName: row[13], middleName: row[14] }),
    birthDate: row[15],
    sex: row[16],
    stationId: row[17],
    startsAt: row[18],
    endsAt: row[19],
    practitionerIds: [row[20]],
  } as BoardAppointment;
  const [seriesId, expiresAt, noShowCause, note, replacedById] = [row[22], row[23], row[24], row[25], row[26]];
  if (row[21] > 0) appointment.isOverbooked = true;
  if (seriesId !== null) appointment.seriesId = seriesId;
  if (expiresAt !== null) appointment.expiresAt = expiresAt;
  if (noShowCause !== null) appointment.noShowCause = noShowCause;
  if (note !== '') appointment.note = note;
  if (replacedById !== null) appointment.replacedById = replacedById;
  return appointment;
}
