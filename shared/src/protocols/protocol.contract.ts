import * as z from 'zod/mini';
import { VITAL_CODES } from '../consultations/vitals.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { ProtocolVersionId } from '../kernel/ids.ts';
import { requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { SUMMARY_LISTS } from '../patients/patient-summary.ts';
import { ItemKey } from './pregnancy.ts';

const ProtocolText = (max: number) => z.object({ kk: requiredText(max), ru: requiredText(max), en: requiredText(max) });

/** FHIR Media and DocumentReference by what is on them. */
const FILE_CATEGORIES = ['photo', 'ecg', 'lab', 'xray', 'any'] as const;
export const FileCategory = z.enum(FILE_CATEGORIES);
export type FileCategory = z.infer<typeof FileCategory>;

const CARD_FIELDS = ['complaints', 'anamnesis', 'preliminaryCode'] as const;

/** What makes an item ready. */
export const ItemRule = z.discriminatedUnion('kind', [
  /** The patient is named. */
  z.object({ kind: z.literal('patient') }),
  /** Asked, and whatever the answer: "none known" is one. */
  z.object({ kind: z.literal('summary'), list: z.enum(SUMMARY_LISTS) }),
  /** All of them were measured. */
  z.object({ kind: z.literal('vitals'), codes: z.array(z.enum(VITAL_CODES)).check(z.minLength(1), z.maxLength(8)) }),
  z.object({ kind: z.literal('field'), field: z.enum(CARD_FIELDS) }),
  z.object({
    kind: z.literal('files'),
    category: FileCategory,
    atLeast: z.number().check(z.int(), z.minimum(1), z.maximum(20)),
  }),
  /** Danger signs were looked for. No item where none apply to the patient. */
  z.object({ kind: z.literal('danger_check') }),
]);
export type ItemRule = z.infer<typeof ItemRule>;

export const CompletenessItem = z.object({ key: ItemKey, label: ProtocolText(120), rule: ItemRule });
export type CompletenessItem = z.infer<typeof CompletenessItem>;

const hasOwnKeys = z.refine<readonly { key: string }[]>(
  (entries) => new Set(entries.map(({ key }) => key)).size === entries.length,
);

/** What a specialty looks at before it answers: "3 of 5 ready". */
export const CompletenessContent = z.object({
  items: z.array(CompletenessItem).check(z.minLength(1), z.maxLength(20), hasOwnKeys),
});
export type CompletenessContent = z.infer<typeof CompletenessContent>;

/** A danger sign raises the urgency to at least this. */
export const DangerSign = z.object({
  key: ItemKey,
  text: ProtocolText(240),
  raisesTo: z.enum(['urgent', 'asap', 'stat']),
  /** A measured value that shows the sign by itself. */
  vital: z.optional(z.object({ code: z.enum(VITAL_CODES), is: z.enum(['at_least', 'at_most']), value: z.number() })),
});
export type DangerSign = z.infer<typeof DangerSign>;

export const DangerContent = z.object({
  title: ProtocolText(120),
  applies: z.object({
    /** Whole days of age, the second one exclusive; null without an end. */
    fromDays: z.number().check(z.int(), z.minimum(0)),
    toDays: z.nullable(z.number().check(z.int(), z.minimum(1))),
    /** Null: whatever was answered. */
    pregnancy: z.nullable(z.enum(['pregnant', 'postpartum'])),
  }),
  signs: z.array(DangerSign).check(z.minLength(1), z.maxLength(25), hasOwnKeys),
});
export type DangerContent = z.infer<typeof DangerContent>;

/** A specialty for completeness, a group of patients for danger signs. */
const ProtocolCode = z.string().check(z.regex(/^[a-z][a-z-]{1,40}$/));

const Version = {
  id: ProtocolVersionId,
  code: ProtocolCode,
  version: z.number(),
  effectiveFrom: CalendarDate,
  createdAt: Instant,
};

/** One version of a protocol (FHIR PlanDefinition). Versions never change: what a request was judged by stays readable. */
export const CompletenessProtocol = z.object({
  ...Version,
  kind: z.literal('completeness'),
  content: CompletenessContent,
});
export type CompletenessProtocol = z.infer<typeof CompletenessProtocol>;
export const DangerProtocol = z.object({ ...Version, kind: z.literal('danger_signs'), content: DangerContent });
export type DangerProtocol = z.infer<typeof DangerProtocol>;
export const Protocol = z.discriminatedUnion('kind', [CompletenessProtocol, DangerProtocol]);
export type Protocol = z.infer<typeof Protocol>;
export type ProtocolKind = Protocol['kind'];

export const listProtocols = endpoint({
  method: 'GET',
  path: '/api/protocols',
  summary: 'Protocols of completeness and of danger signs in force today',
  response: z.object({ protocols: z.array(Protocol) }),
});

export const listProtocolVersions = endpoint({
  method: 'GET',
  path: '/api/protocol-versions',
  summary: 'All versions, also those to come and those that were',
  response: z.object({ protocols: z.array(Protocol) }),
});

const Change = {
  code: ProtocolCode,
  /** The version it was made from; 0 for a new protocol. */
  baseVersion: z.number().check(z.int(), z.minimum(0)),
  effectiveFrom: CalendarDate,
};

export const saveProtocol = endpoint({
  method: 'POST',
  path: '/api/protocol-versions',
  summary: 'A new version of a protocol with the day it begins; refused when somebody made one meanwhile',
  body: z.object({
    id: ProtocolVersionId,
    change: z.discriminatedUnion('kind', [
      z.object({ ...Change, kind: z.literal('completeness'), content: CompletenessContent }),
      z.object({ ...Change, kind: z.literal('danger_signs'), content: DangerContent }),
    ]),
  }),
  response: Protocol,
});

/** How the latest requests of the specialty would be judged. */
export const previewProtocol = endpoint({
  method: 'POST',
  path: '/api/protocol-previews',
  summary: 'How the latest requests of a specialty would be judged by an edited protocol of completeness',
  body: z.object({ code: ProtocolCode, content: CompletenessContent }),
  response: z.object({
    requests: z.array(
      z.object({
        number: z.string(),
        before: z.object({ ready: z.number(), expected: z.number() }),
        after: z.object({ ready: z.number(), expected: z.number() }),
      }),
    ),
  }),
});
