import * as z from 'zod/mini';
import { AttachmentKind } from '../attachments/attachment.contract.ts';
import { LocalText } from '../auth/auth.contract.ts';
import { Consent, ConsentLanguage } from '../consents/consent.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { Sex } from '../patients/patient.contract.ts';
import { ConclusionContent, DocumentChange } from './conclusion.contract.ts';
import { ObservationSet, Urgency } from './consultation.contract.ts';

/** A file of the consult, by the hash of what is kept of it. */
export const DocumentFile = z.strictObject({
  id: z.string(),
  kind: AttachmentKind,
  note: z.string(),
  storedAt: Instant,
  mediaType: z.string(),
  byteLength: z.number(),
  sha256: z.string(),
});
export type DocumentFile = z.infer<typeof DocumentFile>;

/** What the patient agreed to: which text, read how and by whom; or why nobody was asked. */
const DocumentConsent = z.strictObject({
  ...z.pick(Consent, { kind: true, method: true, representative: true, reason: true, at: true, byName: true }).shape,
  text: z.nullable(z.strictObject({ version: z.number(), sha256: z.string(), language: ConsentLanguage })),
});
export type DocumentConsent = z.infer<typeof DocumentConsent>;

/**
 * `jaqyn.conclusion/2`: the document that is signed, once parsed. Strict: a part that a reader of it cannot show must not be signed or
 * printed unseen.
 */
export const ConclusionDocument = z.strictObject({
  schema: z.literal('jaqyn.conclusion/2'),
  request: z.strictObject({
    id: z.string(),
    number: z.string(),
    specialty: z.string(),
    specialtyName: LocalText,
    urgency: Urgency,
    reason: z.string(),
    /** What the station wrote; left out where it is empty. */
    complaints: z.optional(z.string()),
    anamnesis: z.optional(z.string()),
    preliminaryCode: z.optional(z.string()),
    createdAt: Instant,
    answeredAt: z.nullable(Instant),
  }),
  station: z.strictObject({ id: z.string(), name: LocalText }),
  requestedBy: z.strictObject({ userId: z.string(), displayName: z.string() }),
  specialist: z.nullable(z.strictObject({ id: z.string(), displayName: z.string(), organizationName: LocalText })),
  patient: z.nullable(
    z.strictObject({
      id: z.string(),
      iin: z.nullable(z.string()),
      familyName: z.string(),
      givenName: z.string(),
      middleName: z.string(),
      birthDate: CalendarDate,
      sex: Sex,
      allergies: z.nullable(z.string()),
    }),
  ),
  observations: z.array(ObservationSet),
  /** Null where nothing was recorded; left out in documents from before it was bound. */
  consent: z.optional(z.nullable(DocumentConsent)),
  /** Left out where there are none. */
  files: z.optional(z.array(DocumentFile)),
  conclusion: z.strictObject({
    id: z.string(),
    edition: z.number(),
    version: z.number(),
    /** When the text was last changed. */
    writtenAt: Instant,
    content: ConclusionContent,
  }),
  /** Null in the first edition. */
  amendment: z.nullable(
    z.strictObject({
      reason: z.string(),
      /** The edition that this one replaces. */
      replaces: z.strictObject({ id: z.string(), edition: z.number(), sha256: z.string(), signedAt: Instant }),
      changes: z.array(DocumentChange),
    }),
  ),
});
export type ConclusionDocument = z.infer<typeof ConclusionDocument>;

const FIELDS = DocumentChange.shape.field.options;

/** What an amendment changes, in the order of the form; nothing for equal contents. */
export function listChanges(before: ConclusionContent, after: ConclusionContent): DocumentChange[] {
  return FIELDS.flatMap((field) => {
    const [was, is] = [asText(before, field), asText(after, field)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

function asText(content: ConclusionContent, field: DocumentChange['field']): string {
  switch (field) {
    case 'diagnosis': {
      const { code, text, certainty, others = [] } = content.diagnosis;
      const main = [code, text, certainty === 'final' ? '' : '(?)'];
      return [main, ...others.map((other) => ['+', other.code, other.text])]
        .map((parts) => parts.filter((part) => part !== '').join(' '))
        .join('\n');
    }
    case 'recommendations':
      return content.recommendations.join('\n');
    case 'followUpDate':
      return content.followUpDate ?? '';
    default:
      return content[field];
  }
}
