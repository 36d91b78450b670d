import type { PatientId, StationId } from '@jaqyn/shared/kernel/ids';
import type { Patient, PatientInput } from '@jaqyn/shared/patients/patient.contract';
import { and, asc, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientTable } from './patient.table.ts';

type PatientRow = typeof patientTable.$inferSelect;

/** Where a search may look: one station, or everywhere. */
export type PatientScope = { readonly stationId: StationId } | 'all';

function inScope(scope: PatientScope) {
  return scope === 'all' ? undefined : eq(patientTable.stationId, scope.stationId);
}

/** `%` and `_` as themselves in LIKE … ESCAPE '\'. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

export const patientRepository = {
  async find(tx: Tx, id: PatientId): Promise<Patient | undefined> {
    const [row] = await tx.select().from(patientTable).where(eq(patientTable.id, id));
    return row && toPatient(row);
  },

  async listByIds(tx: Tx, ids: readonly string[]): Promise<Patient[]> {
    if (ids.length === 0) return [];
    const rows = await tx
      .select()
      .from(patientTable)
      .where(inArray(patientTable.id, [...ids]));
    return rows.map(toPatient);
  },

  async findByIin(tx: Tx, iin: string): Promise<Patient | undefined> {
    const [row] = await tx.select().from(patientTable).where(eq(patientTable.iin, iin));
    return row && toPatient(row);
  },

  async insert(
    tx: Tx,
    row: PatientInput & {
      id: PatientId;
      stationId: StationId;
      searchKey: string;
      registeredAt: string;
      registeredBy: string;
    },
  ): Promise<void> {
    await tx.insert(patientTable).values({ ...row, isDemo: false });
  },

  /** Patients whose folded name holds every word, each at the start of a name. */
  async listByName(tx: Tx, scope: PatientScope, words: readonly string[], limit: number): Promise<Patient[]> {
    const rows = await tx
      .select()
      .from(patientTable)
      .where(
        and(
          inScope(scope),
          ...words.map((word) => sql`(' ' || ${patientTable.searchKey}) like ${`% ${literal(word)}%`} escape '\\'`),
        ),
      )
      .orderBy(asc(patientTable.searchKey))
      .limit(limit);
    return rows.map(toPatient);
  },

  /** A range, which the index answers; the colon is the sign after nine. */
  async listByIinPrefix(tx: Tx, scope: PatientScope, digits: string, limit: number): Promise<Patient[]> {
    const rows = await tx
      .select()
      .from(patientTable)
      .where(and(inScope(scope), gte(patientTable.iin, digits), lt(patientTable.iin, `${digits}:`)))
      .orderBy(asc(patientTable.iin))
      .limit(limit);
    return rows.map(toPatient);
  },

  async listByBirthDate(tx: Tx, scope: PatientScope, birthDate: string, limit: number): Promise<Patient[]> {
    const rows = await tx
      .select()
      .from(patientTable)
      .where(and(inScope(scope), eq(patientTable.birthDate, birthDate)))
      .orderBy(asc(patientTable.searchKey))
      .limit(limit);
    return rows.map(toPatient);
  },

  /** Those seen or registered last, newest first. */
  async listRecent(tx: Tx, scope: PatientScope, limit: number): Promise<Patient[]> {
    // Asked for each patient of the scope: grouping all requests first would read those of the whole country.
    const lastSeen = sql`(select max(${serviceRequestTable.createdAt}) from ${serviceRequestTable} where ${serviceRequestTable.patientId} = ${patientTable.id})`;
    const rows = await tx
      .select()
      .from(patientTable)
      .where(inScope(scope))
      .orderBy(desc(sql`max(coalesce(${lastSeen}, ''), ${patientTable.registeredAt})`))
      .limit(limit);
    return rows.map(toPatient);
  },

  /** Whether the practitioner has or had a request of this patient. */
  async isKnownToPractitioner(tx: Tx, patientId: PatientId, practitionerId: string): Promise<boolean> {
    const rows = await tx
      .select({ id: serviceRequestTable.id })
      .from(serviceRequestTable)
      .where(
        and(eq(serviceRequestTable.patientId, patientId), or(eq(serviceRequestTable.practitionerId, practitionerId))),
      )
      .limit(1);
    return rows.length > 0;
  },
};

function toPatient({ searchKey: _searchKey, registeredAt: _at, registeredBy: _by, ...row }: PatientRow): Patient {
  return row as Patient;
}
