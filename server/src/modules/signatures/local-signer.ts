import { createPublicKey, type KeyObject, randomUUID, sign as signBytes, X509Certificate } from 'node:crypto';
import { toInstant } from '@jaqyn/shared/kernel/time';
import { DomainError } from '../../kernel/domain-error.ts';
import { issueCertificate } from './certificates.ts';
import { type CmsParts, type ContentKind, checkCms, encodeCms, encodeSignedAttributes, readCms } from './cms.ts';
import type { KeyFiles } from './key-files.ts';
import {
  refusalOf,
  type SealedSignature,
  type ServerSigner,
  type Signatory,
  type SignatureFault,
  type SignatureVerdict,
} from './signer.ts';
import { encodeTimeStamp, readTimeStamp } from './time-stamp.ts';

const DAY_MS = 86_400_000;
const AUTHORITY_YEARS = 20;
/** A signing certificate's time; the next signature after it gets a new one with a new key. */
const SIGNATORY_DAYS = 365;
const AUTHORITY = 'authority';
const TIME_STAMPS = 'time-stamps';

export interface CertificateRegister {
  /** The practitioner's certificate that may sign at `at`, the newest; undefined when there is none. */
  findCurrent(practitionerId: string, at: Date): Promise<Uint8Array<ArrayBuffer> | undefined>;
  add(practitionerId: string, certificate: Uint8Array<ArrayBuffer>): Promise<void>;
}

interface Key {
  readonly key: KeyObject;
  readonly certificate: Uint8Array<ArrayBuffer>;
}

/**
 * The house's own authority: P-256, detached CMS with CAdES-BES attributes, a local time stamp in it. Not a qualified electronic
 * signature, and every place that shows it says so. Its root is a file of the data folder; whoever has that file can sign as anybody.
 */
export class LocalSigner implements ServerSigner {
  readonly place = 'server';
  readonly #files: KeyFiles;
  readonly #register: CertificateRegister;
  readonly #authority: Key;
  readonly #timeStamps: Key;
  readonly #making = new Map<string, Promise<Key>>();

  private constructor(files: KeyFiles, register: CertificateRegister, authority: Key, timeStamps: Key) {
    this.#files = files;
    this.#register = register;
    this.#authority = authority;
    this.#timeStamps = timeStamps;
  }

  static async create({
    files,
    register,
    now,
  }: {
    files: KeyFiles;
    register: CertificateRegister;
    now: Date;
  }): Promise<LocalSigner> {
    // A day early, so that a clock that is a little behind does not refuse the first signature.
    const notBefore = new Date(now.getTime() - DAY_MS);
    const notAfter = new Date(notBefore);
    notAfter.setUTCFullYear(notAfter.getUTCFullYear() + AUTHORITY_YEARS);
    const authorityKey = files.getOrCreateKey(AUTHORITY);
    const authority: Key = {
      key: authorityKey,
      certificate:
        files.findCertificate(AUTHORITY) ??
        files.storeCertificate(
          AUTHORITY,
          await issueCertificate({
            use: 'authority',
            subject: { commonName: 'Jaqyn local authority (not qualified)' },
            publicKey: toCryptoKey(createPublicKey(authorityKey)),
            ownKey: toCryptoKey(authorityKey),
            issuer: null,
            notBefore,
            notAfter,
          }),
        ),
    };
    const stampKey = files.getOrCreateKey(TIME_STAMPS);
    const timeStamps: Key = {
      key: stampKey,
      certificate:
        files.findCertificate(TIME_STAMPS) ??
        files.storeCertificate(
          TIME_STAMPS,
          await issueCertificate({
            use: 'time_stamp',
            subject: { commonName: 'Jaqyn local time stamps (not qualified)' },
            publicKey: toCryptoKey(createPublicKey(stampKey)),
            issuer: issuerOf(authority),
            notBefore,
            notAfter,
          }),
        ),
    };
    return new LocalSigner(files, register, authority, timeStamps);
  }

  /** PEM: what `openssl cms -verify -CAfile` needs. */
  get authorityPem(): string {
    return new X509Certificate(this.#authority.certificate).toString();
  }

  async sign(bytes: Uint8Array<ArrayBuffer>, signatory: Signatory, at: Date): Promise<SealedSignature> {
    const own = await this.#keyOf(signatory, at);
    const document = seal('data', own, bytes, at);
    const info = encodeTimeStamp(document.signature, at);
    const token = seal('timeStampInfo', this.#timeStamps, info, at);
    const cms = encodeCms({ ...document, timeStampToken: encodeCms(token, info) }, bytes);
    return this.accept(cms, bytes, signatory, at);
  }

  async accept(
    cms: Uint8Array<ArrayBuffer>,
    bytes: Uint8Array<ArrayBuffer>,
    signatory: Signatory,
    at: Date,
  ): Promise<SealedSignature> {
    const verdict = await this.verify(cms, bytes, at);
    if (verdict.kind === 'invalid') {
      throw refusalOf(verdict.fault);
    }
    const { subject } = new X509Certificate(readCms(cms).parts.certificate);
    if (!subject.split('\n').includes(`serialNumber=${signatory.practitionerId}`)) {
      throw new DomainError('signature.other_signer');
    }
    return { cms, signedAt: verdict.signedAt, certificateSerial: verdict.certificateSerial };
  }

  async verify(cms: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>, at: Date): Promise<SignatureVerdict> {
    const roots = { authority: this.#authority.certificate, timeStamps: this.#timeStamps.certificate };
    return verifyLocally(roots, cms, bytes, at);
  }

  /** The practitioner's key with its certificate; both are made at the first signature, and again when the old ones have run out. */
  #keyOf(signatory: Signatory, at: Date): Promise<Key> {
    // Two first signatures at once share one certificate.
    const { practitionerId } = signatory;
    const started = this.#making.get(practitionerId);
    if (started !== undefined) return started;
    const making = this.#findOrMakeKey(signatory, at).finally(() => this.#making.delete(practitionerId));
    this.#making.set(practitionerId, making);
    return making;
  }

  async #findOrMakeKey(signatory: Signatory, at: Date): Promise<Key> {
    const { practitionerId } = signatory;
    const current = await this.#register.findCurrent(practitionerId, at);
    const currentKey = current && this.#files.findKey(keyName(practitionerId, current));
    if (current !== undefined && currentKey !== undefined) return { key: currentKey, certificate: current };

    const pending = `practitioner-${practitionerId}-${randomUUID()}`;
    const key = this.#files.getOrCreateKey(pending);
    const authorityEnd = new X509Certificate(this.#authority.certificate).validToDate.getTime();
    const certificate = await issueCertificate({
      use: 'signature',
      subject: {
        commonName: signatory.displayName,
        organization: signatory.organizationName,
        serialNumber: practitionerId,
      },
      publicKey: toCryptoKey(createPublicKey(key)),
      issuer: issuerOf(this.#authority),
      notBefore: new Date(at.getTime() - 60_000),
      notAfter: new Date(Math.min(at.getTime() + SIGNATORY_DAYS * DAY_MS, authorityEnd)),
    });
    this.#files.renameKey(pending, keyName(practitionerId, certificate));
    await this.#register.add(practitionerId, certificate);
    return { key, certificate };
  }
}

/** DER: all that checking needs, and nothing that signs. */
export interface LocalRoots {
  readonly authority: Uint8Array<ArrayBuffer>;
  readonly timeStamps: Uint8Array<ArrayBuffer>;
}

/** The roots of a key folder, when it has them; reads nothing private and makes nothing. */
export function findLocalRoots(files: Pick<KeyFiles, 'findCertificate'>): LocalRoots | undefined {
  const authority = files.findCertificate(AUTHORITY);
  const timeStamps = files.findCertificate(TIME_STAMPS);
  return authority && timeStamps && { authority, timeStamps };
}

/** As {@link LocalSigner.verify}, without keys. */
export function verifyLocally(
  roots: LocalRoots,
  cms: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
  at: Date,
): SignatureVerdict {
  try {
    return verifyParts(roots, cms, bytes, at);
  } catch {
    // Whatever a library makes of bytes that are none of ours.
    return { kind: 'invalid', fault: 'malformed' };
  }
}

function verifyParts(
  roots: LocalRoots,
  cms: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
  at: Date,
): SignatureVerdict {
  const invalid = (fault: SignatureFault): SignatureVerdict => ({ kind: 'invalid', fault });
  const { parts } = readCms(cms);
  if (parts.kind !== 'data' || parts.timeStampToken === undefined) return invalid('malformed');
  const outcome = checkCms(cms, parts, bytes);
  if (outcome !== 'right') return invalid(outcome);

  const stamp = readCms(parts.timeStampToken);
  if (stamp.parts.kind !== 'timeStampInfo' || stamp.content === undefined) return invalid('time_stamp_wrong');
  if (!Buffer.from(stamp.parts.certificate).equals(roots.timeStamps)) return invalid('time_stamp_wrong');
  if (checkCms(parts.timeStampToken, stamp.parts, stamp.content) !== 'right') return invalid('time_stamp_wrong');
  const stampedAt = readTimeStamp(stamp.content, parts.signature);
  if (stampedAt === undefined) return invalid('time_stamp_wrong');

  const certificate = new X509Certificate(parts.certificate);
  const authority = new X509Certificate(roots.authority);
  if (certificate.ca || !certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) {
    return invalid('certificate_untrusted');
  }
  for (const { validFromDate, validToDate } of [certificate, authority]) {
    if (stampedAt < validFromDate || stampedAt > validToDate) return invalid('certificate_out_of_date');
  }
  if (stampedAt.getTime() > at.getTime()) return invalid('from_the_future');
  return {
    kind: 'valid',
    signedAt: toInstant(stampedAt),
    certificateSerial: certificate.serialNumber.toLowerCase(),
  };
}

function seal(kind: ContentKind, own: Key, content: Uint8Array<ArrayBuffer>, at: Date): CmsParts {
  const signingTime = new Date(Math.floor(at.getTime() / 1000) * 1000);
  const parts = { kind, certificate: own.certificate, signingTime };
  const signature = signBytes('sha256', encodeSignedAttributes(parts, content), { key: own.key, dsaEncoding: 'der' });
  return { ...parts, signature };
}

function keyName(practitionerId: string, certificate: Uint8Array<ArrayBuffer>): string {
  return `practitioner-${practitionerId}-${new X509Certificate(certificate).serialNumber.toLowerCase()}`;
}

function issuerOf({ certificate, key }: Key) {
  return { certificate, privateKey: toCryptoKey(key) };
}

function toCryptoKey(key: KeyObject): CryptoKey {
  const usages = key.type === 'private' ? (['sign'] as const) : (['verify'] as const);
  // Extractable, for a public key goes into the certificate.
  return key.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, key.type === 'public', [...usages]) as CryptoKey;
}
