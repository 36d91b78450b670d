import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { LicenceDays } from '@jaqyn/shared/staff/licence';
import { and, asc, desc, eq, gt, lt, lte, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { auditEventTable } from '../audit/audit.table.ts';
import { userTable } from '../auth/user.table.ts';
import { compositionTable } from '../consultations/conclusion.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { documentSignatureTable } from '../signatures/signature.table.ts';
import { holdsOn, practitionerLicenceTable } from '../staff/licence.table.ts';
import { evidenceLimitTable, evidenceTable, mediaIntervalTable, mediaStayTable } from './evidence.table.ts';

export type StayRow = typeof mediaStayTable.$inferSelect;
export type IntervalRow = typeof mediaIntervalTable.$inferSelect;
export type EvidenceRow = typeof evidenceTable.$inferSelect;

export const evidenceRepository = {
  async saveStay(tx: Tx, row: StayRow): Promise<void> {
    const { seenAt, cuts, isOver, networkHash } = row;
    await tx
      .insert(mediaStayTable)
      .values(row)
      .onConflictDoUpdate({ target: mediaStayTable.peerId, set: { seenAt, cuts, isOver, networkHash } });
  },

  async saveInterval(tx: Tx, row: IntervalRow): Promise<void> {
    const { endedAt, packets, bytes, isOver } = row;
    await tx
      .insert(mediaIntervalTable)
      .values(row)
      .onConflictDoUpdate({ target: mediaIntervalTable.id, set: { endedAt, packets, bytes, isOver } });
  },

  /** What a process that died left open ends where it was last seen; what was seen since `before` may be another process's. */
  async closeOpen(tx: Tx, before: string): Promise<void> {
    await tx
      .update(mediaStayTable)
      .set({ isOver: true })
      .where(and(eq(mediaStayTable.isOver, false), lt(mediaStayTable.seenAt, before)));
    await tx
      .update(mediaIntervalTable)
      .set({ isOver: true })
      .where(and(eq(mediaIntervalTable.isOver, false), lt(mediaIntervalTable.endedAt, before)));
  },

  async listStays(tx: Tx, requestId: string): Promise<StayRow[]> {
    return tx
      .select()
      .from(mediaStayTable)
      .where(eq(mediaStayTable.requestId, requestId))
      .orderBy(asc(mediaStayTable.joinedAt), asc(mediaStayTable.peerId));
  },

  async listIntervals(tx: Tx, requestId: string): Promise<IntervalRow[]> {
    return tx
      .select()
      .from(mediaIntervalTable)
      .where(eq(mediaIntervalTable.requestId, requestId))
      .orderBy(asc(mediaIntervalTable.startedAt), asc(mediaIntervalTable.id));
  },

  /** The same person's stays in other rooms between two instants. */
  async listStaysElsewhere(tx: Tx, userId: string, requestId: string, from: string, to: string): Promise<StayRow[]> {
    return tx
      .select()
      .from(mediaStayTable)
      .where(
        and(
          eq(mediaStayTable.userId, userId),
          ne(mediaStayTable.requestId, requestId),
          gt(mediaStayTable.seenAt, from),
          lt(mediaStayTable.joinedAt, to),
        ),
      );
  },

  async find(tx: Tx, compositionId: string): Promise<EvidenceRow | undefined> {
    const [row] = await tx.select().from(evidenceTable).where(eq(evidenceTable.compositionId, compositionId));
    return row;
  },

  async save(tx: Tx, row: EvidenceRow): Promise<void> {
    const { compositionId: _, ...set } = row;
    await tx.insert(evidenceTable).values(row).onConflictDoUpdate({ target: evidenceTable.compositionId, set });
  },

  async seal(tx: Tx, compositionId: string, sha256: string): Promise<boolean> {
    const { changes } = await tx
      .update(evidenceTable)
      .set({ isSigned: true })
      .where(and(eq(evidenceTable.compositionId, compositionId), eq(evidenceTable.sha256, sha256)));
    return changes === 1;
  },

  async findLimits(tx: Tx, at: string) {
    const [row] = await tx
      .select()
      .from(evidenceLimitTable)
      .where(lte(evidenceLimitTable.effectiveFrom, at))
      .orderBy(desc(evidenceLimitTable.effectiveFrom), desc(evidenceLimitTable.createdAt), desc(evidenceLimitTable.id))
      .limit(1);
    return row;
  },

  /** The first signed edition: later ones change the text, not when the consult was. */
  async findSigned(tx: Tx, requestId: string) {
    const [row] = await tx
      .select({ compositionId: compositionTable.id, signedAt: compositionTable.signedAt })
      .from(compositionTable)
      .where(and(eq(compositionTable.requestId, requestId), ne(compositionTable.status, 'preliminary')))
      .orderBy(asc(compositionTable.edition))
      .limit(1);
    return row;
  },

  async findNewestComposition(tx: Tx, requestId: string) {
    const [row] = await tx
      .select({ id: compositionTable.id, signatureId: documentSignatureTable.compositionId })
      .from(compositionTable)
      .leftJoin(documentSignatureTable, eq(documentSignatureTable.compositionId, compositionTable.id))
      .where(eq(compositionTable.requestId, requestId))
      .orderBy(desc(compositionTable.edition))
      .limit(1);
    return row;
  },

  async listLogged(tx: Tx, entityType: string, entityId: string) {
    return tx
      .select({ seq: auditEventTable.seq, at: auditEventTable.at, action: auditEventTable.action })
      .from(auditEventTable)
      .where(and(eq(auditEventTable.entityType, entityType), eq(auditEventTable.entityId, entityId)))
      .orderBy(asc(auditEventTable.seq));
  },

  /** The latest time that the log knew when it took this entry in. */
  async findLatestBefore(tx: Tx, seq: number): Promise<string | null> {
    const [row] = await tx
      .select({ at: sql<string | null>`max(${auditEventTable.at})` })
      .from(auditEventTable)
      .where(and(lte(auditEventTable.seq, seq), gt(auditEventTable.seq, seq - 100)));
    return row?.at ?? null;
  },

  async listLicences(tx: Tx, practitionerId: string): Promise<LicenceDays[]> {
    const { validFrom, validTo, withdrawnFrom } = practitionerLicenceTable;
    const rows = await tx
      .select({ validFrom, validTo, withdrawnFrom })
      .from(practitionerLicenceTable)
      .where(eq(practitionerLicenceTable.practitionerId, practitionerId));
    return rows as LicenceDays[];
  },

  /** Of those that hold on this day the one that ends last. */
  async findLicence(tx: Tx, practitionerId: string, day: CalendarDate) {
    const { id, number, issuer, validFrom, validTo } = practitionerLicenceTable;
    const [row] = await tx
      .select({ number, issuer, validFrom, validTo })
      .from(practitionerLicenceTable)
      .where(and(eq(practitionerLicenceTable.practitionerId, practitionerId), holdsOn(day)))
      .orderBy(desc(validTo), desc(id))
      .limit(1);
    return row;
  },

  async findConsult(tx: Tx, requestId: string) {
    const { id, practitionerId } = serviceRequestTable;
    const [row] = await tx.select({ id, practitionerId }).from(serviceRequestTable).where(eq(id, requestId));
    return row;
  },

  async listUserIds(tx: Tx, practitionerId: string): Promise<string[]> {
    const rows = await tx
      .select({ id: userTable.id })
      .from(userTable)
      .where(eq(userTable.practitionerId, practitionerId));
    return rows.map(({ id }) => id);
  },
};
