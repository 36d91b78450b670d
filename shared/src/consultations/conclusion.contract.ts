import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { CompositionId, RequestId } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';

/** A diagnosis beside the main one. */
export const OtherDiagnosis = z.object({
  kind: z.enum(['complication', 'concomitant']),
  code: z.string().check(z.regex(/^([A-Z]\d{2}(\.\d{1,2})?)?$/)),
  text: freeText(500),
});
export type OtherDiagnosis = z.infer<typeof OtherDiagnosis>;

/** What the specialist writes. Every field may be empty while it is a draft; `missingForSignature` says what signing needs. */
export const ConclusionContent = z.object({
  findings: freeText(8000),
  diagnosis: z.object({
    /** ICD-10 code such as `I10` or `E11.9`; empty when not chosen yet. */
    code: z.string().check(z.regex(/^([A-Z]\d{2}(\.\d{1,2})?)?$/)),
    text: freeText(500),
    certainty: z.enum(['preliminary', 'final']),
    /** Besides the main one. Absent in what was written before there were any. */
    others: z.optional(z.array(OtherDiagnosis).check(z.maxLength(10))),
  }),
  /** Separate items, because the station ticks each of them. */
  recommendations: z.array(freeText(1000)).check(z.maxLength(30)),
  medicines: freeText(4000),
  furtherTests: freeText(4000),
  referral: freeText(2000),
  followUpDate: z.nullable(CalendarDate),
  /** What a remote examination could not see. */
  limits: freeText(2000),
});
export type ConclusionContent = z.output<typeof ConclusionContent>;

export const EMPTY_CONCLUSION: ConclusionContent = {
  findings: '',
  diagnosis: { code: '', text: '', certainty: 'preliminary' },
  recommendations: [],
  medicines: '',
  furtherTests: '',
  referral: '',
  followUpDate: null,
  limits: '',
};

/** Every code that the conclusion names, the main one first. */
export function codesOf({ diagnosis }: ConclusionContent): string[] {
  return [diagnosis, ...(diagnosis.others ?? [])].map(({ code }) => code).filter((code) => code !== '');
}

export type ConclusionField = 'findings' | 'diagnosis' | 'recommendations';

/** Fields that signing needs and that are empty. */
export function missingForSignature(content: ConclusionContent): ConclusionField[] {
  const missing: ConclusionField[] = [];
  if (content.findings.trim() === '') missing.push('findings');
  if (content.diagnosis.text.trim() === '') missing.push('diagnosis');
  if (!content.recommendations.some((item) => item.trim() !== '')) missing.push('recommendations');
  return missing;
}

/** An edition that was replaced, or the one that replaced it. */
const OtherEdition = z.object({ edition: z.number(), signedAt: Instant });

/** What became of one field from one edition to the next, as text; a list is one item a line. */
export const DocumentChange = z.strictObject({
  field: z.enum([
    'findings',
    'diagnosis',
    'recommendations',
    'medicines',
    'furtherTests',
    'referral',
    'followUpDate',
    'limits',
  ]),
  before: z.string(),
  after: z.string(),
});
export type DocumentChange = z.infer<typeof DocumentChange>;

/** FHIR Composition. `version` counts saves of the draft; a save names the version it started from. */
export const Conclusion = z.object({
  id: CompositionId,
  requestId: RequestId,
  status: z.enum(['preliminary', 'final', 'amended']),
  version: z.number(),
  content: ConclusionContent,
  savedAt: Instant,
  authorName: z.string(),
  signedAt: z.nullable(Instant),
  /** SHA-256 (hex) of the exact bytes that were signed: canonical JSON (RFC 8785), UTF-8. */
  sha256: z.nullable(z.string()),
  /** 1 for the first; an amendment is the next. */
  edition: z.number(),
  /** Why the edition before was replaced; null in the first. */
  amendReason: z.nullable(z.string()),
  /** The signed edition this one replaces or, while it is a draft, is going to. */
  replaces: z.nullable(OtherEdition),
  /** What it changed of the edition it replaced, as it stands in the signed document; empty in the first, and in a draft. */
  changes: z.array(DocumentChange),
  /** Whether it carries a signature: without one there is no PDF, no QR code, no evidence. */
  isSealed: z.boolean(),
});
export type Conclusion = z.infer<typeof Conclusion>;

const params = z.object({ requestId: RequestId });

export const getConclusion = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/conclusion',
  summary: 'The conclusion; the station sees it only when it is signed',
  params,
  response: Conclusion,
});

export const saveConclusion = endpoint({
  method: 'PUT',
  path: '/api/consultations/:requestId/conclusion',
  summary: 'Autosave the draft; 409 when it was changed elsewhere since `baseVersion` (0 for the first save)',
  params,
  body: z.object({ baseVersion: z.number().check(z.int(), z.minimum(0)), content: ConclusionContent }),
  response: Conclusion,
});

const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const Password = z.string().check(z.minLength(1), z.maxLength(128));

/** What the signer saw. */
const SignatureRequest = z.object({
  sha256: Sha256,
  /** Of the manifest, and so of the PDFs; a program that shows no PDF may leave it out. */
  manifestSha256: z.optional(Sha256),
  /** Base64 of the detached CMS made on this computer; only where the preview says `ncalayer`. */
  cms: z.optional(z.string().check(z.regex(/^[A-Za-z0-9+/=\s]{1,65536}$/))),
});

/** What signing binds: shown on the check page exactly as it is hashed. */
export const ConclusionPreview = z.object({
  version: z.number(),
  sha256: z.string(),
  /** The document to be signed, as text: canonical JSON. */
  canonical: z.string(),
  content: ConclusionContent,
  /** Binds the document and both PDFs by their hashes; these bytes go under the signature. */
  manifest: z.string(),
  manifestSha256: z.string(),
  /** Whose key signs: the server's for the signer, or the signer's own through NCALayer on this computer. */
  method: z.enum(['local', 'ncalayer']),
});
export type ConclusionPreview = z.infer<typeof ConclusionPreview>;

export const previewConclusion = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/conclusion/preview',
  summary: 'Freeze the bytes to be signed; 422 when required fields are empty',
  params,
  response: ConclusionPreview,
});

export const signConclusion = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/conclusion/sign',
  summary: 'Sign exactly what the preview showed, with the password typed again',
  params,
  body: z.extend(SignatureRequest, { password: Password }),
  response: Conclusion,
});

/** Each item succeeds or fails on its own: one that changed meanwhile does not hold up the others. */
export const signConclusions = endpoint({
  method: 'POST',
  path: '/api/conclusions/sign',
  summary: 'Sign several previewed conclusions with the password typed once; the outcome of each',
  body: z.object({
    password: Password,
    items: z.array(z.extend(SignatureRequest, { requestId: RequestId })).check(z.minLength(1), z.maxLength(50)),
  }),
  response: z.object({
    outcomes: z.array(
      z.object({
        requestId: RequestId,
        /** Null when it is signed. */
        problem: z.nullable(z.object({ code: z.string() })),
      }),
    ),
  }),
});

export const amendConclusion = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/conclusion/amend',
  summary:
    'Begin a new edition of a signed conclusion: a draft with the old text, which stays as it is until the new one is signed',
  params,
  body: z.object({ reason: requiredText(500) }),
  response: Conclusion,
});

export const discardAmendment = endpoint({
  method: 'DELETE',
  path: '/api/consultations/:requestId/conclusion/amend',
  summary: 'Throw the draft of an amendment away; the signed edition was never touched',
  params,
  response: Conclusion,
});
