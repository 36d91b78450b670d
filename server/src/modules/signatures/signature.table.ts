import { sql } from 'drizzle-orm';
import { blob, check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { compositionTable } from '../consultations/conclusion.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';

/** With what a practitioner signs. A trigger lets nothing change but a revocation, once. */
export const signingCertificateTable = sqliteTable(
  'signing_certificate',
  {
    /** Hex, lower case. */
    serial: text('serial').primaryKey(),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    method: text('method', { enum: ['local', 'ncalayer'] }).notNull(),
    /** DER; null where a national service keeps it. */
    certificate: blob('certificate', { mode: 'buffer' }),
    /** The owner's IIN as the national service says it; null for the house's own. */
    ownerIin: text('owner_iin'),
    notBefore: text('not_before').notNull(),
    notAfter: text('not_after').notNull(),
    /** From this moment on nothing that it signed counts; the key may have been lost before anybody noticed. */
    revokedFrom: text('revoked_from'),
    revokedAt: text('revoked_at'),
    revokeReason: text('revoke_reason'),
  },
  (table) => [
    check('signing_certificate_method', sql`${table.method} in ('local', 'ncalayer')`),
    check(
      'signing_certificate_revoked',
      sql`(${table.revokedFrom} is null) = (${table.revokedAt} is null) and (${table.revokedAt} is null) = (${table.revokeReason} is null)`,
    ),
    index('signing_certificate_practitioner').on(table.practitionerId, table.notAfter),
  ],
);

/** FHIR Provenance: one signed document. Append-only by trigger. */
export const documentSignatureTable = sqliteTable(
  'document_signature',
  {
    compositionId: text('composition_id')
      .primaryKey()
      .references(() => compositionTable.id),
    requestId: text('request_id').notNull(),
    edition: integer('edition').notNull(),
    /** Random, in the QR code: whoever holds the paper may ask whether it is valid. */
    token: text('token').notNull(),
    method: text('method', { enum: ['local', 'ncalayer'] }).notNull(),
    signerName: text('signer_name').notNull(),
    /** JSON of shared LocalText. */
    organization: text('organization').notNull(),
    certificateSerial: text('certificate_serial')
      .notNull()
      .references(() => signingCertificateTable.serial),
    signedAt: text('signed_at').notNull(),
    /** The exact bytes that were signed, canonical JSON (RFC 8785): hashes of the document and of both PDFs. */
    manifest: text('manifest').notNull(),
    /** Detached CMS, DER, over `manifest`, a time stamp in it. */
    cms: blob('cms', { mode: 'buffer' }).notNull(),
    documentSha256: text('document_sha256').notNull(),
    pdfKkSha256: text('pdf_kk_sha256').notNull(),
    pdfRuSha256: text('pdf_ru_sha256').notNull(),
    /** The document this one replaces. */
    supersedesId: text('supersedes_id').references(() => compositionTable.id),
  },
  (table) => [
    check('document_signature_method', sql`${table.method} in ('local', 'ncalayer')`),
    uniqueIndex('document_signature_token').on(table.token),
    uniqueIndex('document_signature_supersedes').on(table.supersedesId),
    uniqueIndex('document_signature_edition').on(table.requestId, table.edition),
    index('document_signature_certificate').on(table.certificateSerial),
  ],
);
