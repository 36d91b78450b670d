import type { Instant } from '@jaqyn/shared/kernel/time';
import { DomainError } from '../../kernel/domain-error.ts';

/** Who signs, as it goes into the certificate and onto the document. */
export interface Signatory {
  readonly practitionerId: string;
  readonly displayName: string;
  readonly organizationName: string;
}

/** What is kept of a signature: a detached CMS (DER) with its time stamp inside. */
export interface SealedSignature {
  readonly cms: Uint8Array<ArrayBuffer>;
  /** When, by the time stamp. */
  readonly signedAt: Instant;
  /** Hex, lower case: which certificate. */
  readonly certificateSerial: string;
}

export type SignatureFault =
  | 'malformed'
  | 'other_bytes'
  | 'signature_wrong'
  | 'certificate_untrusted'
  | 'certificate_out_of_date'
  | 'time_stamp_wrong'
  | 'from_the_future';

/** A key whose time is over is the one fault its owner can mend, and is named as what it is. */
export function refusalOf(fault: SignatureFault): DomainError {
  return fault === 'certificate_out_of_date'
    ? new DomainError('signature.certificate_out_of_date')
    : new DomainError('signature.rejected', { fields: [{ path: 'cms', code: fault }] });
}

export type SignatureVerdict =
  | { readonly kind: 'valid'; readonly signedAt: Instant; readonly certificateSerial: string }
  | { readonly kind: 'invalid'; readonly fault: SignatureFault };

/**
 * The signature behind one interface: the exact bytes are prepared by the caller, a CMS over them is accepted, and can be verified
 * as of any moment. `server`: the CMS is made here, with a key of the house's own authority. `browser`: it comes from the signer's
 * own key by the page, and `challenge` says what the page needs for that.
 */
export type Signer = ServerSigner | BrowserSigner;

interface Verifier {
  /** Checks a CMS that somebody hands in before anything is stored. Throws `signature.rejected`, `signature.certificate_out_of_date`, `signature.unavailable`. */
  accept(
    cms: Uint8Array<ArrayBuffer>,
    bytes: Uint8Array<ArrayBuffer>,
    signatory: Signatory,
    at: Date,
  ): Promise<SealedSignature>;
  /** Whether `cms` is this house's or its authority's valid signature over exactly `bytes`, as seen at `at`. Never throws for what is in the bytes. */
  verify(cms: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>, at: Date): Promise<SignatureVerdict>;
}

export interface ServerSigner extends Verifier {
  readonly place: 'server';
  sign(bytes: Uint8Array<ArrayBuffer>, signatory: Signatory, at: Date): Promise<SealedSignature>;
}

export interface BrowserSigner extends Verifier {
  readonly place: 'browser';
}
