import { X509Certificate } from 'node:crypto';
import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { DocumentStatus, SigningCertificate } from '@jaqyn/shared/signatures/signature.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { FileStore } from '../../storage/file-store.ts';
import { auditLog } from '../audit/audit-log.ts';
import { buildManifest, type Manifest, type SignedParts } from './manifest.ts';
import type { OwnerRegister } from './ncanode-signer.ts';
import { type CertificateRow, type DocumentSignatureRow, signatureRepository } from './signature.repository.ts';
import type { SealedSignature, Signatory, Signer } from './signer.ts';

export type { Manifest } from './manifest.ts';
export type { DocumentSignatureRow } from './signature.repository.ts';
export type { SealedSignature, Signatory } from './signer.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly files: FileStore;
}

/** What is under one signature, ready to be signed. */
export interface PreparedDocument {
  readonly parts: SignedParts;
  readonly manifest: Manifest;
}

/** What is known of a signed document at this moment. */
export interface DocumentStanding {
  readonly row: DocumentSignatureRow;
  readonly status: DocumentStatus;
  readonly successor: DocumentSignatureRow | undefined;
}

/** Signatures over documents: prepared, sealed, recorded in the caller's unit of work, verified at any later moment. */
export class SignatureService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #signer: Signer;
  readonly #files: FileStore;

  constructor({ store, clock, signer, files }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#signer = signer;
    this.#files = files;
  }

  get method(): 'local' | 'ncalayer' {
    return this.#signer.place === 'server' ? 'local' : 'ncalayer';
  }

  /** The exact bytes to be signed: `manifest.text`. */
  prepare(parts: SignedParts): PreparedDocument {
    return { parts, manifest: buildManifest(parts) };
  }

  /**
   * The signature over the prepared bytes, and the files it speaks of on the disk. Nothing of it counts before `record`. Throws
   * `signature.rejected` when `cms` is not the signatory's over these bytes, `signature.unavailable`, `store.unavailable`.
   */
  async seal(
    prepared: PreparedDocument,
    signatory: Signatory,
    cms?: Uint8Array<ArrayBuffer>,
  ): Promise<SealedSignature> {
    const bytes = new TextEncoder().encode(prepared.manifest.text);
    const at = this.#clock.now();
    const sealed = await this.#make(bytes, signatory, at, cms);
    for (const pdf of Object.values(prepared.parts.pdf)) await this.#files.put(pdf);
    return sealed;
  }

  #make(
    bytes: Uint8Array<ArrayBuffer>,
    signatory: Signatory,
    at: Date,
    cms: Uint8Array<ArrayBuffer> | undefined,
  ): Promise<SealedSignature> {
    if (this.#signer.place === 'server') return this.#signer.sign(bytes, signatory, at);
    if (cms === undefined) {
      throw new DomainError('signature.rejected', { fields: [{ path: 'cms', code: 'required' }] });
    }
    return this.#signer.accept(cms, bytes, signatory, at);
  }

  /** In the unit of work that makes the document final: both or neither. */
  record(
    tx: Tx,
    what: {
      readonly compositionId: string;
      readonly requestId: RequestId;
      readonly token: string;
      readonly signerName: string;
      readonly organization: LocalText;
      readonly supersedesId: string | null;
      readonly prepared: PreparedDocument;
      readonly sealed: SealedSignature;
    },
  ): Promise<void> {
    const { prepared, sealed, organization, ...rest } = what;
    const { hashes, text } = prepared.manifest;
    return signatureRepository.insert(tx, {
      ...rest,
      edition: prepared.parts.edition,
      method: this.method,
      organization: JSON.stringify(organization),
      certificateSerial: sealed.certificateSerial,
      signedAt: sealed.signedAt,
      manifest: text,
      cms: Buffer.from(sealed.cms),
      documentSha256: hashes.document,
      pdfKkSha256: hashes.pdfKk,
      pdfRuSha256: hashes.pdfRu,
    });
  }

  /** Undefined for a draft, and for what was signed before there were signatures. */
  findSignature(tx: Tx, compositionId: string): Promise<DocumentSignatureRow | undefined> {
    return signatureRepository.find(tx, compositionId);
  }

  /** The PDF that was signed. Throws `signature.not_found` when the file is gone or is no longer that file. */
  async getFile(sha256: string): Promise<Buffer> {
    const bytes = await this.#files.find(sha256);
    if (bytes === undefined) throw new DomainError('signature.not_found');
    return bytes;
  }

  /**
   * For the public page. An unknown token costs what a known one does: another document is read and verified in its place, so that time
   * does not tell the two apart.
   */
  async findStanding(token: string): Promise<DocumentStanding | undefined> {
    const found = await this.#store.read(async (tx) => {
      const row = await signatureRepository.findByToken(tx, token);
      const looked = row ?? (await signatureRepository.findNewest(tx));
      return { isKnown: row !== undefined, looked: looked && (await this.#load(tx, looked)) };
    });
    const standing = found.looked && (await this.#judge(found.looked));
    return found.isKnown ? standing : undefined;
  }

  async getStanding(row: DocumentSignatureRow): Promise<DocumentStanding> {
    return this.#judge(await this.#store.read((tx) => this.#load(tx, row)));
  }

  async #load(tx: Tx, row: DocumentSignatureRow) {
    return {
      row,
      successor: await signatureRepository.findSuccessor(tx, row.compositionId),
      certificate: await signatureRepository.findCertificate(tx, row.certificateSerial),
    };
  }

  async #judge(loaded: {
    row: DocumentSignatureRow;
    successor: DocumentSignatureRow | undefined;
    certificate: CertificateRow | undefined;
  }): Promise<DocumentStanding> {
    const { row, successor, certificate } = loaded;
    const verdict = await this.#signer.verify(
      new Uint8Array(row.cms),
      new TextEncoder().encode(row.manifest),
      this.#clock.now(),
    );
    const isIntact =
      verdict.kind === 'valid' &&
      verdict.certificateSerial === row.certificateSerial &&
      verdict.signedAt === row.signedAt &&
      namesItsHashes(row);
    const status = !isIntact
      ? 'invalid'
      : certificate === undefined || (certificate.revokedFrom !== null && row.signedAt >= certificate.revokedFrom)
        ? 'revoked'
        : successor !== undefined
          ? 'superseded'
          : 'valid';
    return { row, successor, status };
  }

  listCertificates(practitionerId?: string): Promise<SigningCertificate[]> {
    return this.#store.read(async (tx) =>
      (await signatureRepository.listCertificates(tx, practitionerId)).map(toCertificate),
    );
  }

  /** Nothing that it signed at or after `from` counts. Throws `certificate.not_found`, `certificate.revoked`. */
  revoke(actor: Actor, serial: string, from: Instant, reason: string): Promise<SigningCertificate> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const found = await signatureRepository.findCertificate(tx, serial);
      if (found === undefined) throw new DomainError('certificate.not_found');
      const change = { revokedFrom: from, revokedAt: at, revokeReason: reason };
      if (!(await signatureRepository.revoke(tx, serial, change))) throw new DomainError('certificate.revoked');
      await auditLog.append(tx, {
        at,
        actor,
        action: 'certificate.revoke',
        entityType: 'certificate',
        entityId: serial,
        detail: { practitionerId: found.practitionerId, from },
      });
      return toCertificate({ ...found, ...change });
    });
  }
}

/** The columns that are read quickly say what the signed text says. */
function namesItsHashes(row: DocumentSignatureRow): boolean {
  const { parts } = JSON.parse(row.manifest) as { parts: { sha256: string }[] };
  const hashes = parts.map(({ sha256 }) => sha256);
  return [row.documentSha256, row.pdfKkSha256, row.pdfRuSha256].every((hash, index) => hashes[index] === hash);
}

function toCertificate(row: CertificateRow): SigningCertificate {
  const { serial, practitionerId, method, notBefore, notAfter, revokedFrom, revokeReason } = row;
  return { serial, practitionerId, method, notBefore, notAfter, revokedFrom, revokeReason } as SigningCertificate;
}

/** The certificates of the house's own authority, in the database: public, and needed to revoke. */
export class StoredCertificates {
  readonly #store: Store;
  readonly #clock: Pick<Clock, 'instant'>;

  constructor(store: Store, clock: Pick<Clock, 'instant'>) {
    this.#store = store;
    this.#clock = clock;
  }

  async findCurrent(practitionerId: string, at: Date): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const row = await this.#store.read((tx) =>
      signatureRepository.findCurrentCertificate(tx, practitionerId, toInstant(at)),
    );
    return row?.certificate == null ? undefined : new Uint8Array(row.certificate);
  }

  async add(practitionerId: string, certificate: Uint8Array<ArrayBuffer>): Promise<void> {
    const { serialNumber, validFromDate, validToDate } = new X509Certificate(certificate);
    const serial = serialNumber.toLowerCase();
    await this.#store.transaction(async (tx) => {
      await signatureRepository.insertCertificate(tx, {
        serial,
        practitionerId,
        method: 'local',
        certificate: Buffer.from(certificate),
        ownerIin: null,
        notBefore: toInstant(validFromDate),
        notAfter: toInstant(validToDate),
      });
      await noteCertificate(tx, 'certificate.issue', this.#clock.instant(), serial, practitionerId);
    });
  }
}

/** Whose national certificate is whose: the first IIN a practitioner signs with is theirs for good. */
export class StoredOwners implements OwnerRegister {
  readonly #store: Store;
  readonly #clock: Pick<Clock, 'instant'>;

  constructor(store: Store, clock: Pick<Clock, 'instant'>) {
    this.#store = store;
    this.#clock = clock;
  }

  claim({ practitionerId, serial, iin, notBefore, notAfter }: Parameters<OwnerRegister['claim']>[0]): Promise<boolean> {
    return this.#store.transaction(async (tx) => {
      const known = await signatureRepository.listCertificates(tx, practitionerId);
      if (known.some(({ ownerIin }) => ownerIin !== null && ownerIin !== iin)) return false;
      const same = await signatureRepository.findCertificate(tx, serial);
      if (same !== undefined) return same.practitionerId === practitionerId;
      await signatureRepository.insertCertificate(tx, {
        serial,
        practitionerId,
        method: 'ncalayer',
        certificate: null,
        ownerIin: iin,
        notBefore,
        notAfter,
      });
      await noteCertificate(tx, 'certificate.claim', this.#clock.instant(), serial, practitionerId);
      return true;
    });
  }
}

/** By the system: it happens on the way of a signature, which names its signer itself. */
function noteCertificate(
  tx: Tx,
  action: 'certificate.issue' | 'certificate.claim',
  at: Instant,
  serial: string,
  practitionerId: string,
): Promise<void> {
  return auditLog.append(tx, {
    at,
    actor: null,
    action,
    entityType: 'certificate',
    entityId: serial,
    detail: { practitionerId },
  });
}
