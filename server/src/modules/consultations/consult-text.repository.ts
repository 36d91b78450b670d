import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import type { ConsultTextKind } from '@jaqyn/shared/consultations/consult-search.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import { and, asc, desc, eq, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
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
interface Written {
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

export const consultTextRepository = {
  async listQueued(tx: Tx, limit: number): Promise<Queued[]> {
    return tx.select().from(consultTextQueueTable).orderBy(asc(consultTextQueueTable.seq)).limit(limit);
  },

  async dropQueued(tx: Tx, upTo: number): Promise<void> {
    await tx.delete(consultTextQueueTable).where(lte(consultTextQueueTable.seq, upTo));
  },

  /** Once is enough: what is written never changes. */
  async insert(tx: Tx, row: Omit<typeof consultTextTable.$inferInsert, 'seq'>): Promise<void> {
    await tx.insert(consultTextTable).values(row).onConflictDoNothing();
  },

  async findWritten(tx: Tx, kind: ConsultTextKind, refId: string): Promise<Written | undefined> {
    switch (kind) {
      case 'message': {
        const [row] = await tx
          .select({
            requestId: messageTable.requestId,
            at: messageTable.sentAt,
            text: messageTable.text,
            authorName: userTable.displayName,
          })
          .from(messageTable)
          .innerJoin(userTable, eq(userTable.id, messageTable.authorId))
          .where(eq(messageTable.id, refId));
        return row;
      }
      case 'question': {
        const [row] = await tx
          .select({
            requestId: serviceRequestTable.id,
            at: serviceRequestTable.createdAt,
            text: serviceRequestTable.reason,
            authorName: userTable.displayName,
          })
          .from(serviceRequestTable)
          .innerJoin(userTable, eq(userTable.id, serviceRequestTable.requestedBy))
          .where(eq(serviceRequestTable.id, refId));
        return row;
      }
      case 'conclusion': {
        const [row] = await tx
          .select({
            requestId: compositionTable.requestId,
            at: compositionTable.signedAt,
            content: compositionTable.content,
            authorName: userTable.displayName,
          })
          .from(compositionTable)
          .innerJoin(userTable, eq(userTable.id, compositionTable.authorId))
          .where(and(eq(compositionTable.id, refId), isNotNull(compositionTable.signedAt)));
        return row && { ...row, at: row.at ?? '', text: textOf(JSON.parse(row.content) as ConclusionContent) };
      }
    }
  },

  /** In which each folded word begins a word; newest first. */
  async search(
    tx: Tx,
    words: readonly string[],
    whose: { stationId: string } | { practitionerId: string } | undefined,
    limit: number,
  ): Promise<FoundText[]> {
    const query = words.map((word) => `"${word}"*`).join(' ');
    const mine: SQL | undefined =
      whose === undefined
        ? undefined
        : 'stationId' in whose
          ? eq(serviceRequestTable.stationId, whose.stationId)
          : eq(serviceRequestTable.practitionerId, whose.practitionerId);
    const rows = await tx
      .select({
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
      })
      .from(consultTextTable)
      .innerJoin(sql`consult_text_fts`, sql`consult_text_fts.rowid = ${consultTextTable.seq}`)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, consultTextTable.requestId))
      .leftJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId))
      .where(and(sql`consult_text_fts.search_key match ${query}`, mine))
      .orderBy(desc(consultTextTable.at), desc(consultTextTable.seq))
      .limit(limit);
    return rows.map(({ familyName, givenName, middleName, ...row }) => ({
      ...row,
      patient: familyName === null ? null : { familyName, givenName: givenName ?? '', middleName: middleName ?? '' },
    }));
  },
};

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
