import type { PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { CodeListRow } from '@jaqyn/shared/terminologies/code-list-csv';
import type { CodeListVersion } from '@jaqyn/shared/terminologies/terminology.contract';
import { and, count, desc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { codeListVersionTable, icdConceptTable, icdFrequentTable, icdRecentTable } from './terminology.table.ts';

export type ConceptRow = typeof icdConceptTable.$inferSelect;

/** A concept that matches, with what the order of the list needs. */
export interface Candidate {
  readonly code: string;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly nameEn: string;
  /** Times this specialist signed it; 0 for never. */
  readonly own: number;
  /** Times the specialty signed it, and one for what it is known to need. */
  readonly frequent: number;
}

interface Asker {
  readonly day: CalendarDate;
  readonly practitionerId: PractitionerId | null;
  readonly specialty: SpecialtyCode | null;
  readonly limit: number;
}

const isInUse = (day: CalendarDate) =>
  and(
    isNull(icdConceptTable.stagedBy),
    lte(icdConceptTable.validFrom, day),
    or(isNull(icdConceptTable.validTo), gt(icdConceptTable.validTo, day)),
  );
const isCurrent = and(isNull(icdConceptTable.stagedBy), isNull(icdConceptTable.validTo));
/** Values of one insert: seven of a row, below the limit of bound values. */
const INSERT_ROWS = 500;

const own = sql<number>`coalesce(${icdRecentTable.uses}, 0)`;
const frequent = sql<number>`coalesce(${icdFrequentTable.uses}, 0)`;
const lastUsed = sql`coalesce(${icdRecentTable.lastUsedAt}, '')`;

function candidates(tx: Tx, { practitionerId, specialty }: Asker) {
  return tx
    .select({
      code: icdConceptTable.code,
      nameKk: icdConceptTable.nameKk,
      nameRu: icdConceptTable.nameRu,
      nameEn: icdConceptTable.nameEn,
      own,
      frequent,
    })
    .from(icdConceptTable)
    .leftJoin(
      icdRecentTable,
      and(eq(icdRecentTable.code, icdConceptTable.code), eq(icdRecentTable.practitionerId, practitionerId ?? '')),
    )
    .leftJoin(
      icdFrequentTable,
      and(eq(icdFrequentTable.code, icdConceptTable.code), eq(icdFrequentTable.specialty, specialty ?? '')),
    );
}

export const terminologyRepository = {
  /** Codes that begin with `prefix`, in the order of the list; what the asker uses first. */
  async listByCode(tx: Tx, prefix: string, asker: Asker): Promise<Candidate[]> {
    return candidates(tx, asker)
      .where(
        and(
          sql`${icdConceptTable.code} >= ${prefix}`,
          sql`${icdConceptTable.code} < ${`${prefix}\uFFFF`}`,
          isInUse(asker.day),
        ),
      )
      .orderBy(
        sql`${icdConceptTable.code} = ${prefix} desc`,
        sql`${own} > 0 desc`,
        sql`${frequent} > 0 desc`,
        icdConceptTable.code,
      )
      .limit(asker.limit);
  },

  /** Names in which each of the folded `words` begins a word; what is used and what is short first. */
  async listByWords(tx: Tx, words: readonly string[], asker: Asker): Promise<Candidate[]> {
    const query = words.map((word) => `"${word}"*`).join(' ');
    return candidates(tx, asker)
      .innerJoin(sql`icd_concept_fts`, sql`icd_concept_fts.rowid = ${icdConceptTable.seq}`)
      .where(and(sql`icd_concept_fts.search_key match ${query}`, isInUse(asker.day)))
      .orderBy(sql`${own} desc`, sql`${frequent} desc`, sql`length(${icdConceptTable.searchKey})`, icdConceptTable.code)
      .limit(asker.limit);
  },

  /** What the specialist signed last, then what the specialty signs most. */
  async listUsual(tx: Tx, asker: Asker): Promise<Candidate[]> {
    return candidates(tx, asker)
      .where(and(or(isNotNull(icdRecentTable.code), isNotNull(icdFrequentTable.code)), isInUse(asker.day)))
      .orderBy(sql`${lastUsed} desc`, sql`${frequent} desc`, icdConceptTable.code)
      .limit(asker.limit);
  },

  /** As it is on `day`, else the newest that there was. */
  async find(tx: Tx, code: string, day: CalendarDate): Promise<ConceptRow | undefined> {
    const [row] = await tx
      .select()
      .from(icdConceptTable)
      .where(and(eq(icdConceptTable.code, code), isNull(icdConceptTable.stagedBy)))
      .orderBy(
        sql`${icdConceptTable.validFrom} <= ${day} and (${icdConceptTable.validTo} is null or ${icdConceptTable.validTo} > ${day}) desc`,
        desc(icdConceptTable.seq),
      )
      .limit(1);
    return row;
  },

  async noteUse(
    tx: Tx,
    use: { code: string; practitionerId: PractitionerId; specialty: SpecialtyCode; at: Instant },
  ): Promise<void> {
    const { code, practitionerId, specialty, at } = use;
    await tx
      .insert(icdRecentTable)
      .values({ practitionerId, code, uses: 1, lastUsedAt: at })
      .onConflictDoUpdate({
        target: [icdRecentTable.practitionerId, icdRecentTable.code],
        set: { uses: sql`${icdRecentTable.uses} + 1`, lastUsedAt: at },
      });
    await tx
      .insert(icdFrequentTable)
      .values({ specialty, code, uses: 1 })
      .onConflictDoUpdate({
        target: [icdFrequentTable.specialty, icdFrequentTable.code],
        set: { uses: sql`${icdFrequentTable.uses} + 1` },
      });
  },

  /** The newest list, whether it is in force already or not. */
  async listCurrent(tx: Tx): Promise<CodeListRow[]> {
    return tx
      .select({
        code: icdConceptTable.code,
        kk: icdConceptTable.nameKk,
        ru: icdConceptTable.nameRu,
        en: icdConceptTable.nameEn,
      })
      .from(icdConceptTable)
      .where(isCurrent);
  },

  async countConcepts(tx: Tx): Promise<{ inUse: number; retired: number }> {
    const [current] = await tx.select({ codes: count() }).from(icdConceptTable).where(isCurrent);
    const [all] = await tx
      .select({ codes: sql<number>`count(distinct ${icdConceptTable.code})` })
      .from(icdConceptTable)
      .where(isNull(icdConceptTable.stagedBy));
    const inUse = current?.codes ?? 0;
    return { inUse, retired: (all?.codes ?? 0) - inUse };
  },

  async listVersions(tx: Tx, limit: number): Promise<(CodeListVersion & { sha256: string })[]> {
    const rows = await tx
      .select({ version: codeListVersionTable, importedBy: userTable.displayName })
      .from(codeListVersionTable)
      .leftJoin(userTable, eq(userTable.id, codeListVersionTable.importedBy))
      .orderBy(desc(codeListVersionTable.version))
      .limit(limit);
    return rows.map(({ version, importedBy }) => ({
      ...version,
      effectiveFrom: version.effectiveFrom as CalendarDate,
      importedAt: version.importedAt as Instant,
      importedBy,
    }));
  },

  async countVersions(tx: Tx): Promise<number> {
    return tx.$count(codeListVersionTable);
  },

  async insertVersion(tx: Tx, version: Omit<typeof codeListVersionTable.$inferInsert, 'version'>): Promise<void> {
    await tx.insert(codeListVersionTable).values(version);
  },

  /** A piece of an import; nobody sees it until it is activated. */
  async stage(
    tx: Tx,
    importId: string,
    rows: readonly (CodeListRow & { searchKey: string })[],
    validFrom: CalendarDate,
  ): Promise<void> {
    for (let first = 0; first < rows.length; first += INSERT_ROWS) {
      await tx.insert(icdConceptTable).values(
        rows.slice(first, first + INSERT_ROWS).map(({ code, kk, ru, en, searchKey }) => ({
          code,
          nameKk: kk,
          nameRu: ru,
          nameEn: en,
          searchKey,
          validFrom,
          stagedBy: importId,
        })),
      );
    }
  },

  async countStaged(tx: Tx, importId: string): Promise<number> {
    const [row] = await tx
      .select({ rows: count() })
      .from(icdConceptTable)
      .where(eq(icdConceptTable.stagedBy, importId));
    return row?.rows ?? 0;
  },

  /** Takes up to `limit` rows of imports that came to nothing away; answers how many there were. */
  async dropStaged(tx: Tx, limit: number): Promise<number> {
    const gone = await tx
      .delete(icdConceptTable)
      .where(sql`${icdConceptTable.seq} in (select seq from icd_concept where staged_by is not null limit ${limit})`)
      .returning({ seq: icdConceptTable.seq });
    return gone.length;
  },

  /** Ends the current names of `codes` on `day`. */
  async end(tx: Tx, codes: readonly string[], day: CalendarDate): Promise<void> {
    await tx
      .update(icdConceptTable)
      .set({ validTo: day })
      .where(and(sql`${icdConceptTable.code} in (select value from json_each(${JSON.stringify(codes)}))`, isCurrent));
  },

  async activate(tx: Tx, importId: string): Promise<void> {
    await tx.update(icdConceptTable).set({ stagedBy: null }).where(eq(icdConceptTable.stagedBy, importId));
  },
};
