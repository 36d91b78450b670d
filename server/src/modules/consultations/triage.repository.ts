import type { InformationRequestId, PractitionerId, RequestId, SpecialtyCode, UserId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { asked, inAsked } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { userTable } from '../auth/user.table.ts';
import { isLicensedOn } from '../staff/licence.table.ts';
import { onCallShiftTable, practitionerTable } from '../staff/staff.table.ts';
import { organizationTable } from '../stations/station.table.ts';
import type { RequestRow } from './consultation.repository.ts';
import { serviceRequestTable } from './consultation.table.ts';
import { informationRequestTable, triageDecisionTable } from './triage.table.ts';

/** What taking a decision back restores. */
type Restorable = Pick<RequestRow, 'version' | 'specialty' | 'region' | 'practitionerId' | 'isPlanned' | 'isWritten'>;

export interface DecisionRow extends Omit<typeof triageDecisionTable.$inferSelect, 'before'> {
  readonly before: Restorable;
}

type QuestionRow = typeof informationRequestTable.$inferSelect;

const answerer = alias(userTable, 'answerer');

const decisionRows = prepared((tx) =>
  tx
    .select({ decision: triageDecisionTable, by: userTable.displayName })
    .from(triageDecisionTable)
    .innerJoin(userTable, eq(userTable.id, triageDecisionTable.decidedBy))
    .where(
      and(
        inAsked(triageDecisionTable.requestId),
        isNull(triageDecisionTable.undoneAt),
        sql`not exists (select 1 from ${triageDecisionTable} later where later.request_id = ${triageDecisionTable.requestId} and later.undone_at is null and (later.decided_at, later.id) > (${triageDecisionTable.decidedAt}, ${triageDecisionTable.id}))`,
      ),
    )
    .prepare(),
);

const questionRows = prepared((tx) =>
  tx
    .select({ question: informationRequestTable, askedBy: userTable.displayName, answeredBy: answerer.displayName })
    .from(informationRequestTable)
    .innerJoin(userTable, eq(userTable.id, informationRequestTable.askedBy))
    .leftJoin(answerer, eq(answerer.id, informationRequestTable.answeredBy))
    .where(and(inAsked(informationRequestTable.requestId), isNull(informationRequestTable.withdrawnAt)))
    .orderBy(asc(informationRequestTable.askedAt), asc(informationRequestTable.id))
    .prepare(),
);

export const triageRepository = {
  async insertDecision(tx: Tx, row: DecisionRow): Promise<void> {
    await tx.insert(triageDecisionTable).values({ ...row, before: JSON.stringify(row.before) });
  },

  async findLastDecision(tx: Tx, requestId: RequestId): Promise<DecisionRow | undefined> {
    const [row] = await tx
      .select()
      .from(triageDecisionTable)
      .where(and(eq(triageDecisionTable.requestId, requestId), isNull(triageDecisionTable.undoneAt)))
      .orderBy(desc(triageDecisionTable.decidedAt), desc(triageDecisionTable.id))
      .limit(1);
    return row && { ...row, before: JSON.parse(row.before) as Restorable };
  },

  async undoDecision(tx: Tx, id: string, at: Instant): Promise<void> {
    await tx.update(triageDecisionTable).set({ undoneAt: at }).where(eq(triageDecisionTable.id, id));
  },

  /** The last one of each that was not taken back, with who made it. */
  async listLastDecisions(tx: Tx, requestIds: readonly RequestId[]) {
    if (requestIds.length === 0) return [];
    return decisionRows(tx).all(asked(requestIds));
  },

  async findQuestion(tx: Tx, id: InformationRequestId): Promise<QuestionRow | undefined> {
    const [row] = await tx.select().from(informationRequestTable).where(eq(informationRequestTable.id, id));
    return row;
  },

  async insertQuestion(tx: Tx, row: QuestionRow): Promise<void> {
    await tx.insert(informationRequestTable).values(row);
  },

  async answerQuestion(
    tx: Tx,
    id: InformationRequestId,
    change: { answer: string; answeredBy: UserId; answeredAt: Instant },
  ): Promise<void> {
    await tx.update(informationRequestTable).set(change).where(eq(informationRequestTable.id, id));
  },

  /** Takes back what nobody has answered. */
  async withdrawQuestions(tx: Tx, requestId: RequestId, at: Instant): Promise<void> {
    await tx
      .update(informationRequestTable)
      .set({ withdrawnAt: at })
      .where(
        and(
          eq(informationRequestTable.requestId, requestId),
          isNull(informationRequestTable.answeredAt),
          isNull(informationRequestTable.withdrawnAt),
        ),
      );
  },

  /** Oldest first, without those taken back. */
  async listQuestions(tx: Tx, requestIds: readonly RequestId[]) {
    if (requestIds.length === 0) return [];
    return questionRows(tx).all(asked(requestIds));
  },

  /** Specialists of a specialty who are switched on, with how they stand. */
  async listCandidates(tx: Tx, at: Instant, specialty: SpecialtyCode) {
    const rows = await tx
      .select({
        id: practitionerTable.id,
        displayName: practitionerTable.displayName,
        userId: userTable.id,
        nameKk: organizationTable.nameKk,
        nameRu: organizationTable.nameRu,
        nameEn: organizationTable.nameEn,
        isOnCall: sql<number>`exists (select 1 from ${onCallShiftTable} shift where shift.practitioner_id = ${practitionerTable.id} and shift.starts_at <= ${at} and shift.ends_at > ${at})`,
        isInCall: sql<number>`exists (select 1 from ${serviceRequestTable} one where one.practitioner_id = ${practitionerTable.id} and one.status = 'in_call')`,
        writtenCases: sql<number>`(select count(*) from ${serviceRequestTable} one where one.practitioner_id = ${practitionerTable.id} and one.status = 'async_assigned')`,
      })
      .from(practitionerTable)
      .innerJoin(userTable, eq(userTable.practitionerId, practitionerTable.id))
      .innerJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
      .where(
        and(
          eq(practitionerTable.specialty, specialty),
          eq(practitionerTable.isAvailable, true),
          eq(userTable.isDisabled, false),
          isLicensedOn(localDate(at)),
        ),
      )
      .orderBy(asc(practitionerTable.displayName));
    return rows.map((row) => ({
      id: row.id as PractitionerId,
      userId: row.userId as UserId,
      displayName: row.displayName,
      organizationName: { kk: row.nameKk, ru: row.nameRu, en: row.nameEn },
      isOnCall: row.isOnCall === 1,
      isInCall: row.isInCall === 1,
      writtenCases: row.writtenCases,
    }));
  },
};
