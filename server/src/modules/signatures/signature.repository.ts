import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, desc, eq, gte, isNull, lte } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { documentSignatureTable, signingCertificateTable } from './signature.table.ts';

export type DocumentSignatureRow = typeof documentSignatureTable.$inferSelect;
export type CertificateRow = typeof signingCertificateTable.$inferSelect;

export const signatureRepository = {
  async insert(tx: Tx, row: DocumentSignatureRow): Promise<void> {
    await tx.insert(documentSignatureTable).values(row);
  },

  async find(tx: Tx, compositionId: string): Promise<DocumentSignatureRow | undefined> {
    const [row] = await tx
      .select()
      .from(documentSignatureTable)
      .where(eq(documentSignatureTable.compositionId, compositionId));
    return row;
  },

  async findByToken(tx: Tx, token: string): Promise<DocumentSignatureRow | undefined> {
    const [row] = await tx.select().from(documentSignatureTable).where(eq(documentSignatureTable.token, token));
    return row;
  },

  /** Any one: work to do where there is nothing to be found. */
  async findNewest(tx: Tx): Promise<DocumentSignatureRow | undefined> {
    const [row] = await tx
      .select()
      .from(documentSignatureTable)
      .orderBy(desc(documentSignatureTable.compositionId))
      .limit(1);
    return row;
  },

  /** The signature of the document that replaced this one. */
  async findSuccessor(tx: Tx, compositionId: string): Promise<DocumentSignatureRow | undefined> {
    const [row] = await tx
      .select()
      .from(documentSignatureTable)
      .where(eq(documentSignatureTable.supersedesId, compositionId));
    return row;
  },

  async findCertificate(tx: Tx, serial: string): Promise<CertificateRow | undefined> {
    const [row] = await tx.select().from(signingCertificateTable).where(eq(signingCertificateTable.serial, serial));
    return row;
  },

  async findCurrentCertificate(tx: Tx, practitionerId: string, at: Instant): Promise<CertificateRow | undefined> {
    const [row] = await tx
      .select()
      .from(signingCertificateTable)
      .where(
        and(
          eq(signingCertificateTable.practitionerId, practitionerId),
          eq(signingCertificateTable.method, 'local'),
          isNull(signingCertificateTable.revokedFrom),
          lte(signingCertificateTable.notBefore, at),
          gte(signingCertificateTable.notAfter, at),
        ),
      )
      .orderBy(desc(signingCertificateTable.notAfter))
      .limit(1);
    return row;
  },

  async listCertificates(tx: Tx, practitionerId?: string): Promise<CertificateRow[]> {
    return tx
      .select()
      .from(signingCertificateTable)
      .where(practitionerId === undefined ? undefined : eq(signingCertificateTable.practitionerId, practitionerId))
      .orderBy(desc(signingCertificateTable.notBefore));
  },

  async insertCertificate(
    tx: Tx,
    row: Omit<CertificateRow, 'revokedFrom' | 'revokedAt' | 'revokeReason'>,
  ): Promise<void> {
    await tx.insert(signingCertificateTable).values(row).onConflictDoNothing();
  },

  /** False when it is revoked already. */
  async revoke(
    tx: Tx,
    serial: string,
    change: { revokedFrom: Instant; revokedAt: Instant; revokeReason: string },
  ): Promise<boolean> {
    const { changes } = await tx
      .update(signingCertificateTable)
      .set(change)
      .where(and(eq(signingCertificateTable.serial, serial), isNull(signingCertificateTable.revokedFrom)));
    return changes === 1;
  },
};
