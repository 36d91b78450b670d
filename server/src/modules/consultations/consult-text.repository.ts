import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import type { ConsultTextKind } from '@jaqyn/shared/consultations/consult-search.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import { and, asc, desc, eq, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { userTable } from '../auth/user.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { compositionTable } from './conclusion.table.ts';
import { consultTextQueueTable, consultTextTable } from './consult-text.table.ts';
import { messageTable, serviceRequestTable } from './consultation.table.ts';

interface Queued {
  readonly seq: number;
  readonly kind: ConsultTextKind;
  readonly refId: string;
}

/** What was written, by whom, as it stands where it was written. */
export interface Written {
  readonly requestId: string;
  readonly at: string;
  readonly text: string;
  readonly authorName: string;
}

interface FoundText {
  readonly kind: ConsultTextKind;
  readonly refId: string;
  readonly requestId: string;
  readonly at: string;
  readonly number: string;
  readonly status: ConsultationState;
  readonly specialty: string;
  readonly patient: { readonly familyName: string; readonly givenName: string; readonly middleName: string } | null;
}

const ASKED = sql`(select value from json_each(${sql.placeholder('ids')}))`;

const messages = prepared((tx) =>
  tx
    .select({
      refId: messageTable.id,
      requestId: messageTable.requestId,
      at: messageTable.sentAt,
      text: messageTable.text,
      authorName: userTable.displayName,
    })
    .from(messageTable)
    .innerJoin(userTable, eq(userTable.id, messageTable.authorId))
    .where(sql`${messageTable.id} in ${ASKED}`)
    .prepare(),
);

const questions = prepared((tx) =>
  tx
    .select({
      refId: serviceRequestTable.id,
      requestId: serviceRequestTable.id,
      at: serviceRequestTable.createdAt,
      text: serviceRequestTable.reason,
      authorName: userTable.displayName,
    })
    .from(serviceRequestTable)
    .innerJoin(userTable, eq(userTable.id, serviceRequestTable.requestedBy))
    .where(sql`${serviceRequestTable.id} in ${ASKED}`)
    .prepare(),
);

const conclusions = prepared((tx) =>
  tx
    .select({
      refId: compositionTable.id,
      requestId: compositionTable.requestId,
      at: compositionTable.signedAt,
      content: compositionTable.content,
      authorName: userTable.displayName,
    })
    .from(compositionTable)
    .innerJoin(userTable, eq(userTable.id, compositionTable.authorId))
    .where(and(sql`${compositionTable.id} in ${ASKED}`, isNotNull(compositionTable.signedAt)))
    .prepare(),
);

/** A hundred in one statement: after an upgrade there are millions, and each statement costs more than its row. */
const insertRows = prepared((tx) => {
  const field = (name: string) => sql`value ->> ${sql.raw(`'${name}'`)}`;
  const rows = sql`select null, ${field('requestId')}, ${field('kind')}, ${field('refId')}, ${field('at')}, ${field('searchKey')} from json_each(${sql.placeholder('rows')}) where true order by key`;
  return tx.insert(consultTextTable).select(rows).onConflictDoNothing().prepare();
});

function byRef<T extends Written & { readonly refId: string }>(rows: readonly T[]): Map<string, Written> {
  return new Map(rows.map((row) => [row.refId, row]));
}

const found = {
  kind: consultTextTable.kind,
  refId: consultTextTable.refId,
  requestId: consultTextTable.requestId,
  at: consultTextTable.at,
  number: serviceRequestTable.number,
  status: serviceRequestTable.status,
  specialty: serviceRequestTable.specialty,
  familyName: patientTable.familyName,
  givenName: patientTable.givenName,
  middleName: patientTable.middleName,
};

/** Texts looked through before the full-text index is asked: a word that does not fill a page from them is in few. */
const NEWEST = 5000;

function beginsAWord(word: string): SQL {
  return sql`instr(' ' || ${consultTextTable.searchKey}, ${` ${word}`}) > 0`;
}

export const consultTextRepository = {
  async listQueued(tx: Tx, limit: number): Promise<Queued[]> {
    return tx.select().from(consultTextQueueTable).orderBy(asc(consultTextQueueTable.seq)).limit(limit);
  },

  async dropQueued(tx: Tx, upTo: number): Promise<void> {
    await tx.delete(consultTextQueueTable).where(lte(consultTextQueueTable.seq, upTo));
  },

  /** Once is enough: what is written never changes. */
  async insertAll(tx: Tx, rows: readonly Omit<typeof consultTextTable.$inferInsert, 'seq'>[]): Promise<void> {
    await insertRows(tx).run({ rows: JSON.stringify(rows) });
  },

  /** Of one kind, by `refId`, as it stands where it was written. What is not there, or not signed, is left out. */
  async findWritten(tx: Tx, kind: ConsultTextKind, refIds: readonly string[]): Promise<Map<string, Written>> {
    const asked = { ids: JSON.stringify(refIds) };
    switch (kind) {
      case 'message':
        return byRef(await messages(tx).all(asked));
      case 'question':
        return byRef(await questions(tx).all(asked));
      case 'conclusion':
        return byRef(
          (await conclusions(tx).all(asked)).map(({ content, at, ...row }) => ({
            ...row,
            at: at ?? '',
            text: textOf(JSON.parse(content) as ConclusionContent),
          })),
        );
    }
  },

  /**
   * In which each folded word begins a word; what was written last first. A common word fills the page from the newest texts alone; the
   * full-text index gathers all that the beginning of a word is in before it answers, which takes a country's database seconds for
   * a common one and no time for others.
   */
  async search(tx: Tx, words: readonly string[], limit: number): Promise<FoundText[]> {
    const newest = await tx
      .select(found)
      .from(consultTextTable)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, consultTextTable.requestId))
      .leftJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId))
      .where(
        and(
          sql`${consultTextTable.seq} > (select max(${consultTextTable.seq}) from ${consultTextTable}) - ${NEWEST}`,
          ...words.map(beginsAWord),
        ),
      )
      .orderBy(desc(consultTextTable.seq))
      .limit(limit);
    if (newest.length === limit) return newest.map(toFound);
    const rows = await tx
      .select(found)
      .from(sql`consult_text_fts`)
      .crossJoin(consultTextTable)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, consultTextTable.requestId))
      .leftJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId))
      .where(
        and(
          sql`consult_text_fts.search_key match ${words.map((word) => `"${word}"*`).join(' ')}`,
          sql`${consultTextTable.seq} = consult_text_fts.rowid`,
        ),
      )
      .orderBy(sql`consult_text_fts.rowid desc`)
      .limit(limit);
    return rows.map(toFound);
  },

  /** The same of one station or specialist, the newest consult first: through their own, some thousands, whatever a word is like elsewhere. */
  async searchOf(
    tx: Tx,
    whose: { stationId: string } | { practitionerId: string },
    words: readonly string[],
    limit: number,
  ): Promise<FoundText[]> {
    const rows = await tx
      .select(found)
      .from(serviceRequestTable)
      .crossJoin(consultTextTable)
      .leftJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId))
      .where(
        and(
          'stationId' in whose
            ? eq(serviceRequestTable.stationId, whose.stationId)
            : eq(serviceRequestTable.practitionerId, whose.practitionerId),
          eq(consultTextTable.requestId, serviceRequestTable.id),
          ...words.map(beginsAWord),
        ),
      )
      .orderBy(desc(serviceRequestTable.createdAt), desc(serviceRequestTable.id), desc(consultTextTable.seq))
      .limit(limit);
    return rows.map(toFound);
  },
};

function toFound({
  familyName,
  givenName,
  middleName,
  ...row
}: Omit<FoundText, 'patient'> & Record<'familyName' | 'givenName' | 'middleName', string | null>): FoundText {
  return {
    ...row,
    patient: familyName === null ? null : { familyName, givenName: givenName ?? '', middleName: middleName ?? '' },
  };
}

/** A conclusion as one text, in the order it is read. */
function textOf(content: ConclusionContent): string {
  const { diagnosis } = content;
  return [
    `${diagnosis.code} ${diagnosis.text}`,
    ...(diagnosis.others ?? []).map(({ code, text }) => `${code} ${text}`),
    content.findings,
    ...content.recommendations,
    content.medicines,
    content.furtherTests,
    content.referral,
    content.limits,
  ]
    .filter((part) => part.trim() !== '')
    .join('\n');
}
