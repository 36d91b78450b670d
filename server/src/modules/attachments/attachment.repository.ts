import type { Attachment, AttachmentState, Rendition } from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { compositionTable } from '../consultations/conclusion.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { attachmentTable, renditionTable } from './attachment.table.ts';

export type AttachmentRow = typeof attachmentTable.$inferSelect;

/** What counts towards the limits of a consultation. */
const KEPT: AttachmentState[] = ['uploading', 'checking', 'stored'];

export const attachmentRepository = {
  async find(tx: Tx, id: AttachmentId): Promise<AttachmentRow | undefined> {
    const [row] = await tx.select().from(attachmentTable).where(eq(attachmentTable.id, id));
    return row;
  },

  async insert(tx: Tx, row: AttachmentRow): Promise<void> {
    await tx.insert(attachmentTable).values(row);
  },

  /** Compare and set: true only when the row was still in one of `from`. */
  async move(
    tx: Tx,
    id: AttachmentId,
    from: readonly AttachmentState[],
    change: Partial<AttachmentRow> & { status: AttachmentState },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(attachmentTable)
      .set(change)
      .where(and(eq(attachmentTable.id, id), inArray(attachmentTable.status, [...from])));
    return changes === 1;
  },

  async label(tx: Tx, id: AttachmentId, label: Pick<AttachmentRow, 'kind' | 'note'>): Promise<void> {
    await tx.update(attachmentTable).set(label).where(eq(attachmentTable.id, id));
  },

  async extend(tx: Tx, id: AttachmentId, expiresAt: Instant): Promise<void> {
    await tx.update(attachmentTable).set({ expiresAt }).where(eq(attachmentTable.id, id));
  },

  async insertRenditions(tx: Tx, attachmentId: AttachmentId, renditions: readonly Rendition[]): Promise<void> {
    await tx.insert(renditionTable).values(renditions.map((rendition) => ({ ...rendition, attachmentId })));
  },

  async findRendition(
    tx: Tx,
    attachmentId: AttachmentId,
    role: Rendition['role'],
    page: number,
  ): Promise<Rendition | undefined> {
    const [row] = await tx
      .select()
      .from(renditionTable)
      .where(
        and(
          eq(renditionTable.attachmentId, attachmentId),
          eq(renditionTable.role, role),
          eq(renditionTable.page, page),
        ),
      );
    return row;
  },

  /** Oldest first. */
  async listViews(tx: Tx, filter: { requestId: RequestId } | { id: AttachmentId }): Promise<Attachment[]> {
    const where = 'id' in filter ? eq(attachmentTable.id, filter.id) : eq(attachmentTable.requestId, filter.requestId);
    const rows = await tx
      .select({ attachment: attachmentTable, displayName: userTable.displayName })
      .from(attachmentTable)
      .innerJoin(userTable, eq(userTable.id, attachmentTable.uploadedBy))
      .where(where)
      .orderBy(asc(attachmentTable.createdAt), asc(attachmentTable.id));
    const ids = rows.map(({ attachment }) => attachment.id);
    const renditions =
      ids.length === 0
        ? []
        : await tx
            .select()
            .from(renditionTable)
            .where(inArray(renditionTable.attachmentId, ids))
            .orderBy(asc(renditionTable.page), asc(renditionTable.role));
    return rows.map(({ attachment: { uploadedBy, expiresAt: _, ...attachment }, displayName }) => ({
      ...attachment,
      uploadedBy: { userId: uploadedBy, displayName },
      renditions: renditions
        .filter(({ attachmentId }) => attachmentId === attachment.id)
        .map(({ attachmentId: __, ...rendition }) => rendition),
    })) as Attachment[];
  },

  /** What is kept of a consultation, or on its way. */
  async measure(tx: Tx, requestId: RequestId): Promise<{ files: number; bytes: number }> {
    const [row] = await tx
      .select({ files: sql<number>`count(*)`, bytes: sql<number>`coalesce(sum(${attachmentTable.byteLength}), 0)` })
      .from(attachmentTable)
      .where(and(eq(attachmentTable.requestId, requestId), inArray(attachmentTable.status, KEPT)));
    return row ?? { files: 0, bytes: 0 };
  },

  async listInState(tx: Tx, status: 'uploading' | 'checking'): Promise<AttachmentRow[]> {
    return tx
      .select()
      .from(attachmentTable)
      .where(eq(attachmentTable.status, status))
      .orderBy(asc(attachmentTable.createdAt), asc(attachmentTable.id));
  },

  /** Whom a change concerns. */
  async findRequest(tx: Tx, id: RequestId) {
    const { stationId, practitionerId, specialty } = serviceRequestTable;
    const [row] = await tx
      .select({ id: serviceRequestTable.id, stationId, practitionerId, specialty })
      .from(serviceRequestTable)
      .where(eq(serviceRequestTable.id, id));
    return row;
  },

  async isSigned(tx: Tx, requestId: RequestId): Promise<boolean> {
    const [row] = await tx
      .select({ id: compositionTable.id })
      .from(compositionTable)
      .where(and(eq(compositionTable.requestId, requestId), isNotNull(compositionTable.signedAt)))
      .limit(1);
    return row !== undefined;
  },
};
