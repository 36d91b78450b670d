import type { PatientId, StationId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Patient, PatientInput } from '@jaqyn/shared/patients/patient.contract';
import {
  allergyLine,
  conditionLine,
  type PatientSummary,
  summaryOfWords,
} from '@jaqyn/shared/patients/patient-summary';
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, max, or, sql } from 'drizzle-orm';
import { asked, inAsked, inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientStayTable, patientSummaryVersionTable, patientTable } from './patient.table.ts';
import { patientNameWordTable } from './patient-name.table.ts';

export type PatientRow = typeof patientTable.$inferSelect;

/** Where a search may look: one station with its visitors, or everywhere. */
export type PatientScope = { readonly stationId: StationId; readonly visitors: readonly string[] } | 'all';

function inScope(scope: PatientScope) {
  if (scope === 'all') return undefined;
  const own = eq(patientTable.stationId, scope.stationId);
  return scope.visitors.length === 0 ? own : or(own, inArray(patientTable.id, [...scope.visitors]));
}

const isOwnCard = isNull(patientTable.mergedInto);

/** `%` and `_` as themselves in LIKE … ESCAPE '\'. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

const patientRows = prepared((tx) => tx.select().from(patientTable).where(inAsked(patientTable.id)).prepare());

export const patientRepository = {
  /** The card, or the one that is kept of this person. */
  async find(tx: Tx, id: PatientId): Promise<Patient | undefined> {
    const row = await keptRow(tx, id);
    return row && toPatient(row);
  },

  /** The row itself, also of a card that was merged. */
  async findRow(tx: Tx, id: PatientId): Promise<PatientRow | undefined> {
    const [row] = await tx.select().from(patientTable).where(eq(patientTable.id, id));
    return row;
  },

  async listByIds(tx: Tx, ids: readonly string[]): Promise<Patient[]> {
    if (ids.length === 0) return [];
    return (await patientRows(tx).all(asked(ids))).map(toPatient);
  },

  async findByIin(tx: Tx, iin: string): Promise<Patient | undefined> {
    const [row] = await tx.select().from(patientTable).where(eq(patientTable.iin, iin));
    if (row?.mergedInto != null) return patientRepository.find(tx, row.mergedInto as PatientId);
    return row && toPatient(row);
  },

  /** Those who stay at a station for some days. */
  async listVisitors(tx: Tx, stationId: StationId, at: Instant): Promise<string[]> {
    const rows = await tx
      .selectDistinct({ id: patientStayTable.patientId })
      .from(patientStayTable)
      .where(and(eq(patientStayTable.stationId, stationId), gt(patientStayTable.until, at)));
    return rows.map(({ id }) => id);
  },

  async isVisiting(tx: Tx, id: PatientId, stationId: StationId, at: Instant): Promise<boolean> {
    const rows = await tx
      .select({ id: patientStayTable.id })
      .from(patientStayTable)
      .where(
        and(
          eq(patientStayTable.patientId, id),
          eq(patientStayTable.stationId, stationId),
          gt(patientStayTable.until, at),
        ),
      )
      .limit(1);
    return rows.length > 0;
  },

  /** False when somebody saved another one meanwhile. The two lines of the card follow. */
  async saveSummary(
    tx: Tx,
    id: PatientId,
    baseVersion: number,
    { summary, at, by }: { summary: PatientSummary; at: Instant; by: string | null },
  ): Promise<boolean> {
    const version = baseVersion + 1;
    const content = JSON.stringify(summary);
    const { changes } = await tx
      .update(patientTable)
      .set({
        summary: content,
        summaryVersion: version,
        summaryAt: at,
        allergies: allergyLine(summary.allergies),
        chronicConditions: conditionLine(summary.conditions),
      })
      .where(and(eq(patientTable.id, id), eq(patientTable.summaryVersion, baseVersion)));
    if (changes !== 1) return false;
    await tx
      .insert(patientSummaryVersionTable)
      .values({ patientId: id, version, content, recordedAt: at, recordedBy: by });
    return true;
  },

  async update(tx: Tx, id: PatientId, change: Partial<PatientRow>): Promise<void> {
    await tx.update(patientTable).set(change).where(eq(patientTable.id, id));
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

  /** Patients whose folded name holds every word, each at the start of a name. Of a station by name; of the country by the word looked for. */
  async listByName(tx: Tx, scope: PatientScope, words: readonly string[], limit: number): Promise<Patient[]> {
    if (scope === 'all') return (await listByNameWord(tx, words, limit)).map(toPatient);
    const rows = await tx
      .select()
      .from(patientTable)
      .where(
        and(
          inScope(scope),
          isOwnCard,
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
    return keptOf(tx, rows);
  },

  async listByBirthDate(tx: Tx, scope: PatientScope, birthDate: string, limit: number): Promise<Patient[]> {
    const rows = await tx
      .select()
      .from(patientTable)
      .where(and(inScope(scope), isOwnCard, eq(patientTable.birthDate, birthDate)))
      .orderBy(asc(patientTable.searchKey))
      .limit(limit);
    return rows.map(toPatient);
  },

  /** Those seen or registered last, newest first. */
  async listRecent(tx: Tx, scope: PatientScope, limit: number): Promise<Patient[]> {
    return (await listRecentRows(tx, scope, limit)).map(toPatient);
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

/** Who is found by two of their names comes twice; asked again for more where that leaves too few. */
async function listByNameWord(tx: Tx, words: readonly string[], limit: number): Promise<PatientRow[]> {
  // The longest is the rarest.
  const [word = '', ...others] = [...words].sort((a, b) => b.length - a.length);
  for (let asked = limit; ; asked *= 4) {
    const rows = await tx
      .select({ patient: patientTable })
      .from(patientNameWordTable)
      .crossJoin(patientTable)
      .where(
        and(
          gte(patientNameWordTable.word, word),
          // Behind every letter.
          lt(patientNameWordTable.word, `${word}\u{10ffff}`),
          ...others.map(
            (other) => sql`(' ' || ${patientNameWordTable.searchKey}) like ${`% ${literal(other)}%`} escape '\\'`,
          ),
          eq(patientTable.id, patientNameWordTable.patientId),
          isOwnCard,
        ),
      )
      .orderBy(asc(patientNameWordTable.word), asc(patientNameWordTable.searchKey), asc(patientNameWordTable.patientId))
      .limit(asked);
    const found = new Map(rows.map(({ patient }) => [patient.id, patient]));
    if (found.size >= limit || rows.length < asked) return [...found.values()].slice(0, limit);
  }
}

/**
 * The newest requests say who was seen last, the newest cards who was registered last: nobody else can be among the first. To ask each
 * patient of a station for their last request would read pages all over the file.
 */
async function listRecentRows(tx: Tx, scope: PatientScope, limit: number): Promise<PatientRow[]> {
  const ofStation = scope === 'all' ? undefined : eq(serviceRequestTable.stationId, scope.stationId);
  const registered = await tx
    .select({ id: patientTable.id, at: patientTable.registeredAt })
    .from(patientTable)
    .where(and(scope === 'all' ? undefined : eq(patientTable.stationId, scope.stationId), isOwnCard))
    .orderBy(desc(patientTable.registeredAt))
    .limit(limit);
  const visitors = await Promise.all(
    (scope === 'all' ? [] : scope.visitors).map(async (id) => {
      const ofVisitor = eq(serviceRequestTable.patientId, id);
      const [last] = await tx
        .select({ at: max(serviceRequestTable.createdAt) })
        .from(serviceRequestTable)
        .where(ofVisitor);
      return { id, at: last?.at ?? '' };
    }),
  );
  for (let asked = 4 * limit; ; asked *= 4) {
    const seen = await tx
      .select({ id: serviceRequestTable.patientId, at: serviceRequestTable.createdAt })
      .from(serviceRequestTable)
      .where(ofStation)
      .orderBy(desc(serviceRequestTable.createdAt))
      .limit(asked);
    const lastOf = new Map<string, string>();
    for (const { id, at } of [...registered, ...visitors, ...seen]) {
      if (id !== null && at >= (lastOf.get(id) ?? '')) lastOf.set(id, at);
    }
    const timeOf = ({ id, registeredAt }: PatientRow) => {
      const at = lastOf.get(id) ?? '';
      return at > registeredAt ? at : registeredAt;
    };
    const rows = await tx
      .select()
      .from(patientTable)
      .where(and(inList(patientTable.id, [...lastOf.keys()]), inScope(scope), isOwnCard));
    // Among those seen so far there may be too few who are still here.
    if (rows.length >= limit || seen.length < asked) {
      return rows.sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1)).slice(0, limit);
    }
  }
}

/** Cards that were merged lead to the one that is kept; each once. */
async function keptOf(tx: Tx, rows: readonly PatientRow[]): Promise<Patient[]> {
  const kept: Patient[] = [];
  for (const row of rows) {
    const target = row.mergedInto === null ? row : await keptRow(tx, row.mergedInto);
    if (target && !kept.some(({ id }) => id === target.id)) kept.push(toPatient(target));
  }
  return kept;
}

/** A kept card may have been merged in its turn; never in a circle, because only kept cards are merged. */
async function keptRow(tx: Tx, id: string): Promise<PatientRow | undefined> {
  const [row] = await tx.select().from(patientTable).where(eq(patientTable.id, id));
  return row?.mergedInto == null ? row : keptRow(tx, row.mergedInto);
}

export function toPatient(row: PatientRow): Patient {
  const { searchKey: _searchKey, registeredAt: _at, registeredBy: _by, mergedInto: _into, summary, ...rest } = row;
  return {
    ...rest,
    summary: summary === null ? summaryOfWords(row) : (JSON.parse(summary) as PatientSummary),
  } as Patient;
}
