import { searchKey } from '@jaqyn/shared/kernel/search-key';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import * as z from 'zod/mini';
import { DomainError } from '../../kernel/domain-error.ts';
import {
  type BrowserSigner,
  refusalOf,
  type SealedSignature,
  type Signatory,
  type SignatureVerdict,
} from './signer.ts';

/**
 * What NCANode 3 answers to POST /cms/verify, as far as it is used here. Its /cms/sign is never called: it would need the signer's
 * private key on the server.
 */
const Answer = z.object({
  valid: z.boolean(),
  signers: z.array(
    z.object({
      certificates: z.array(
        z.object({
          valid: z.boolean(),
          serialNumber: z.string(),
          notBefore: z.string(),
          notAfter: z.string(),
          keyUsage: z.optional(z.nullable(z.string())),
          revocations: z.optional(z.nullable(z.array(z.object({ revoked: z.boolean() })))),
          subject: z.object({
            commonName: z.optional(z.nullable(z.string())),
            iin: z.optional(z.nullable(z.string())),
          }),
        }),
      ),
      tsp: z.optional(z.nullable(z.object({ genTime: z.string() }))),
    }),
  ),
});

export interface OwnerRegister {
  /** Remembers whose certificate it is. False when the practitioner has signed with another person's IIN before. */
  claim(certificate: {
    readonly practitionerId: string;
    readonly serial: string;
    readonly iin: string;
    readonly notBefore: Instant;
    readonly notAfter: Instant;
  }): Promise<boolean>;
}

const ANSWER_MS = 15_000;

/** Signatures by a national key: made by NCALayer on the signer's computer, verified by an NCANode service of the organisation. */
export class NcaNodeSigner implements BrowserSigner {
  readonly place = 'browser';
  readonly #url: string;
  readonly #owners: OwnerRegister;

  /** `url`: where NCANode listens, for example `http://127.0.0.1:14579`. */
  constructor({ url, owners }: { url: string; owners: OwnerRegister }) {
    this.#url = url.replace(/\/+$/, '');
    this.#owners = owners;
  }

  async accept(
    cms: Uint8Array<ArrayBuffer>,
    bytes: Uint8Array<ArrayBuffer>,
    signatory: Signatory,
    at: Date,
  ): Promise<SealedSignature> {
    const seen = await this.#ask(cms, bytes, at);
    const otherSigner = () => new DomainError('signature.other_signer');
    if (typeof seen === 'string') throw refusalOf(seen);
    if (seen.signedAt.getTime() > at.getTime() + 300_000) throw refusalOf('from_the_future');
    // The family name is the first word of both; the IIN is then bound to the practitioner for good.
    const [family = ''] = searchKey(signatory.displayName).split(' ');
    if (family === '' || !searchKey(seen.commonName).split(' ').includes(family)) throw otherSigner();
    const isOwn = await this.#owners.claim({
      practitionerId: signatory.practitionerId,
      serial: seen.serial,
      iin: seen.iin,
      notBefore: seen.notBefore,
      notAfter: seen.notAfter,
    });
    if (!isOwn) throw otherSigner();
    return { cms, signedAt: toInstant(seen.signedAt), certificateSerial: seen.serial };
  }

  async verify(cms: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>, at: Date): Promise<SignatureVerdict> {
    const seen = await this.#ask(cms, bytes, at);
    if (typeof seen === 'string') return { kind: 'invalid', fault: seen };
    if (seen.signedAt.getTime() > at.getTime() + 300_000) return { kind: 'invalid', fault: 'from_the_future' };
    return { kind: 'valid', signedAt: toInstant(seen.signedAt), certificateSerial: seen.serial };
  }

  /** The fault when it says no. Throws `signature.unavailable` when it says nothing that can be understood. */
  async #ask(cms: Uint8Array, bytes: Uint8Array, at: Date) {
    let answer: z.infer<typeof Answer>;
    try {
      const response = await fetch(`${this.#url}/cms/verify`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          revocationCheck: ['OCSP'],
          cms: Buffer.from(cms).toString('base64'),
          data: Buffer.from(bytes).toString('base64'),
        }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      // What it cannot read as a CMS it refuses; that is an answer, not a failure.
      if (response.status >= 400 && response.status < 500) return 'signature_wrong';
      if (!response.ok) throw new Error(`NCANode answered ${response.status}`);
      answer = z.parse(Answer, await response.json());
    } catch (error) {
      throw new DomainError('signature.unavailable', { cause: error, retryAfter: 30 });
    }
    const [signer, ...others] = answer.signers;
    const certificate = signer?.certificates[0];
    if (signer === undefined || others.length > 0 || certificate === undefined) return 'signature_wrong';
    const [notBefore, notAfter] = [momentOf(certificate.notBefore), momentOf(certificate.notAfter)];
    const when = signer.tsp ? momentOf(signer.tsp.genTime) : at;
    if (when < notBefore || when > notAfter) return 'certificate_out_of_date';
    if (!answer.valid) return 'signature_wrong';
    const isRevoked = certificate.revocations?.some(({ revoked }) => revoked) ?? false;
    const { iin, commonName } = certificate.subject;
    // Keys that sign and keys that open doors are two.
    const isForSigning = certificate.keyUsage == null || certificate.keyUsage === 'SIGN';
    if (!certificate.valid || isRevoked || !isForSigning || !iin || !commonName || !signer.tsp)
      return 'signature_wrong';
    return {
      iin,
      commonName,
      serial: certificate.serialNumber.toLowerCase(),
      signedAt: when,
      notBefore: toInstant(notBefore),
      notAfter: toInstant(notAfter),
    };
  }
}

/** NCANode writes `2026-11-22T09:05:00.000+00:00`, older versions without a zone, which is UTC. */
function momentOf(text: string): Date {
  const date = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(date.getTime())) throw new DomainError('signature.unavailable');
  return date;
}
