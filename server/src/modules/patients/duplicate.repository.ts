import type { StationId } from '@jaqyn/shared/kernel/ids';
import { and, count, desc, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { type PatientRow, toPatient } from './patient.repository.ts';
import { patientMergeTable, patientStayTable, patientTable } from './patient.table.ts';

const other = alias(patientTable, 'other');

export type MergeRow = typeof patientMergeTable.$inferSelect;

export const duplicateRepository = {
  /** Cards of the whole country that share the IIN or the birth date, and those of a station with one of these names. */
  async listCandidates(
    tx: Tx,
    asked: { iin: string | null; birthDate: string | null; stationId: StationId; namePrefixes: readonly string[] },
  ) {
    const rows = await tx
      .select({ row: patientTable, station: stationTable })
      .from(patientTable)
      .innerJoin(stationTable, eq(stationTable.id, patientTable.stationId))
      .where(
        and(
          isNull(patientTable.mergedInto),
          or(
            asked.iin === null ? undefined : eq(patientTable.iin, asked.iin),
            asked.birthDate === null ? undefined : eq(patientTable.birthDate, asked.birthDate),
            ...asked.namePrefixes.map((prefix) =>
              and(
                eq(patientTable.stationId, asked.stationId),
                sql`${patientTable.searchKey} >= ${prefix} and ${patientTable.searchKey} < ${`${prefix}\u{10FFFF}`}`,
              ),
            ),
          ),
        ),
      )
      // Where a birth date has more cards than are looked at, the surest are among them.
      .orderBy(sql`${patientTable.iin} = ${asked.iin} desc`, sql`${patientTable.birthDate} = ${asked.birthDate} desc`)
      .limit(500);
    return rows.map(({ row, station }) => ({
      patient: toPatient(row),
      station: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn },
      settlement: { kk: station.settlementKk, ru: station.settlementRu, en: station.settlementEn },
    }));
  },

  /** Cards of one birth date whose names may be alike: pairs by SQL, what is alike is judged above. */
  async listSameBirthDate(tx: Tx, limit: number): Promise<(readonly [PatientRow, PatientRow])[]> {
    const rows = await tx
      .select({ one: patientTable, other })
      .from(patientTable)
      .innerJoin(
        other,
        and(
          eq(other.birthDate, patientTable.birthDate),
          eq(other.sex, patientTable.sex),
          sql`${other.id} > ${patientTable.id}`,
          // The first two letters of the folded family name: a different beginning is a different name.
          sql`substr(${other.searchKey}, 1, 2) = substr(${patientTable.searchKey}, 1, 2)`,
        ),
      )
      .where(and(isNull(patientTable.mergedInto), isNull(other.mergedInto)))
      .limit(limit);
    return rows.map(({ one, other: second }) => [one, second] as const);
  },

  async findStay(tx: Tx, id: string): Promise<typeof patientStayTable.$inferSelect | undefined> {
    const [row] = await tx.select().from(patientStayTable).where(eq(patientStayTable.id, id));
    return row;
  },

  async insertStay(tx: Tx, row: typeof patientStayTable.$inferInsert): Promise<void> {
    await tx.insert(patientStayTable).values(row);
  },

  async findMerge(tx: Tx, id: string): Promise<MergeRow | undefined> {
    const [row] = await tx.select().from(patientMergeTable).where(eq(patientMergeTable.id, id));
    return row;
  },

  async insertMerge(tx: Tx, row: MergeRow): Promise<void> {
    await tx.insert(patientMergeTable).values(row);
  },

  async undoMerge(
    tx: Tx,
    id: string,
    undone: { undoneAt: string; undoneBy: string; undoReason: string },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(patientMergeTable)
      .set(undone)
      .where(and(eq(patientMergeTable.id, id), isNull(patientMergeTable.undoneAt)));
    return changes === 1;
  },

  /** Whether either card took part in a merge after this one that still stands: it has to be undone first. */
  async hasLaterMerge(tx: Tx, merge: MergeRow): Promise<boolean> {
    const rows = await tx
      .select({ id: patientMergeTable.id })
      .from(patientMergeTable)
      .where(
        and(
          isNull(patientMergeTable.undoneAt),
          ne(patientMergeTable.id, merge.id),
          sql`${patientMergeTable.at} >= ${merge.at}`,
          or(
            eq(patientMergeTable.keptId, merge.keptId),
            eq(patientMergeTable.mergedId, merge.keptId),
            eq(patientMergeTable.keptId, merge.mergedId),
            eq(patientMergeTable.mergedId, merge.mergedId),
          ),
        ),
      )
      .limit(1);
    return rows.length > 0;
  },

  async countMerges(tx: Tx): Promise<number> {
    const [row] = await tx.select({ total: count() }).from(patientMergeTable);
    return row?.total ?? 0;
  },

  /** Newest first, from a place in the list on, or the one of this id. */
  async listMerges(tx: Tx, limit: number, after?: string, id?: string): Promise<{ merge: MergeRow; byName: string }[]> {
    const [at = '', last = ''] = after?.split(' ') ?? [];
    return tx
      .select({ merge: patientMergeTable, byName: userTable.displayName })
      .from(patientMergeTable)
      .innerJoin(userTable, eq(userTable.id, patientMergeTable.mergedBy))
      .where(
        and(
          id === undefined ? undefined : eq(patientMergeTable.id, id),
          after === undefined ? undefined : sql`(${patientMergeTable.at}, ${patientMergeTable.id}) < (${at}, ${last})`,
        ),
      )
      .orderBy(desc(patientMergeTable.at), desc(patientMergeTable.id))
      .limit(limit);
  },
};
