import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { PractitionerId, RequestId } from '../kernel/ids.ts';
import { requiredText } from '../kernel/text.ts';
import { Instant } from '../kernel/time.ts';

export const SignatureMethod = z.enum(['local', 'ncalayer']);
export type SignatureMethod = z.infer<typeof SignatureMethod>;

/** `invalid`: the bytes and the signature do not fit together, which says that somebody changed one of them. */
export const DocumentStatus = z.enum(['valid', 'superseded', 'revoked', 'invalid']);
export type DocumentStatus = z.infer<typeof DocumentStatus>;

/** One signed edition, as its evidence says. */
export const SignedEdition = z.object({
  edition: z.number(),
  status: DocumentStatus,
  signedAt: Instant,
  signerName: z.string(),
  organization: LocalText,
  method: SignatureMethod,
  certificateSerial: z.string(),
  /** Address of the public page that the QR code opens. */
  verificationUrl: z.string(),
  supersededBy: z.nullable(z.number()),
  /** What can be fetched, with the hash of its bytes where it is under the signature. */
  files: z.array(
    z.object({
      name: z.enum([
        'conclusion.json',
        'conclusion.kk.pdf',
        'conclusion.ru.pdf',
        'evidence.json',
        'manifest.json',
        'manifest.json.p7s',
        'authority.pem',
      ]),
      href: z.string(),
      sha256: z.string(),
    }),
  ),
});
export type SignedEdition = z.infer<typeof SignedEdition>;

const params = z.object({ requestId: RequestId });

export const listSignedEditions = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/conclusion/evidence',
  summary: 'Every signed edition, the newest first, with its verdict of this moment and the addresses of its files',
  params,
  response: z.object({ editions: z.array(SignedEdition) }),
});

/** Files of the record; `edition` left out is the newest. */
export const SIGNED_FILES = {
  pdf: '/api/consultations/:requestId/conclusion/pdf',
  slip: '/api/consultations/:requestId/conclusion/slip',
  document: '/api/consultations/:requestId/conclusion/document.json',
  evidence: '/api/consultations/:requestId/conclusion/evidence.json',
  manifest: '/api/consultations/:requestId/conclusion/manifest.json',
  signature: '/api/consultations/:requestId/conclusion/manifest.json.p7s',
  previewPdf: '/api/consultations/:requestId/conclusion/preview.pdf',
  authority: '/api/signing-authority.pem',
} as const;

export const DocumentLanguage = z.enum(['kk', 'ru']);
export type DocumentLanguage = z.infer<typeof DocumentLanguage>;
export const SlipLanguage = z.enum(['kk', 'ru', 'en']);
export type SlipLanguage = z.infer<typeof SlipLanguage>;
export const Edition = z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1000)));

export const SigningCertificate = z.object({
  serial: z.string(),
  practitionerId: PractitionerId,
  method: SignatureMethod,
  notBefore: Instant,
  notAfter: Instant,
  revokedFrom: z.nullable(Instant),
  revokeReason: z.nullable(z.string()),
});
export type SigningCertificate = z.infer<typeof SigningCertificate>;

export const listSigningCertificates = endpoint({
  method: 'GET',
  path: '/api/signing-certificates',
  summary: 'The certificates practitioners sign with',
  query: z.object({ practitionerId: z.optional(PractitionerId) }),
  response: z.object({ certificates: z.array(SigningCertificate) }),
});

export const revokeSigningCertificate = endpoint({
  method: 'POST',
  path: '/api/signing-certificates/:serial/revoke',
  summary: 'Nothing signed with it at or after `from` counts any more; the next signature gets a new key',
  params: z.object({ serial: z.string().check(z.regex(/^[0-9a-f]{2,64}$/)) }),
  body: z.object({ from: Instant, reason: requiredText(500) }),
  response: SigningCertificate,
});
