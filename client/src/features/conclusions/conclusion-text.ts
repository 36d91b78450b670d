import {
  ConclusionContent,
  EMPTY_CONCLUSION,
  missingForSignature,
  OtherDiagnosis,
} from '@jaqyn/shared/consultations/conclusion.contract';
import { ICD_CODE, tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import * as z from 'zod/mini';
import { parseTypedDate, toTypedDate } from '../../lib/typed-date.ts';

const OtherText = z.object({ kind: OtherDiagnosis.shape.kind, code: z.string(), text: z.string() });
export type OtherText = z.infer<typeof OtherText>;
export const MAX_OTHERS = 10;

/**
 * The conclusion as it is being typed. It differs from what the server takes in that everything may be half done: an
 * ICD-10 code after its first letter, a date after its first digit, a recommendation row that is still empty.
 */
export const ConclusionText = z.object({
  findings: z.string(),
  diagnosis: z.object({
    code: z.string(),
    text: z.string(),
    certainty: z.enum(['preliminary', 'final']),
    others: z.optional(z.array(OtherText)),
  }),
  recommendations: z.array(z.string()),
  medicines: z.string(),
  furtherTests: z.string(),
  referral: z.string(),
  followUp: z.string(),
  limits: z.string(),
});
export type ConclusionText = z.infer<typeof ConclusionText>;
export type ConclusionTextField = keyof ConclusionText;

export const CONCLUSION_FIELDS = [
  'findings',
  'diagnosis',
  'recommendations',
  'medicines',
  'furtherTests',
  'referral',
  'followUp',
  'limits',
] as const satisfies readonly ConclusionTextField[];

/** The contract's limits, for `maxLength`: nobody types past what can be saved. */
export const MAX_LENGTH = {
  findings: 8000,
  diagnosis: 500,
  recommendation: 1000,
  medicines: 4000,
  furtherTests: 4000,
  referral: 2000,
  limits: 2000,
} as const;
export const MAX_RECOMMENDATIONS = 30;

export const EMPTY_TEXT: ConclusionText = toText(EMPTY_CONCLUSION);

export function toText(content: ConclusionContent): ConclusionText {
  const { followUpDate, ...rest } = content;
  return { ...rest, followUp: followUpDate === null ? '' : toTypedDate(followUpDate) };
}

/** Parts that are half typed: they are kept on this device and not sent until they are whole. */
export type UnfinishedPart = 'code' | 'followUp';

export function listUnfinished(text: ConclusionText): UnfinishedPart[] {
  const unfinished: UnfinishedPart[] = [];
  const codes = [text.diagnosis, ...(text.diagnosis.others ?? [])].map(({ code }) => tidyCode(code));
  if (codes.some((code) => code !== '' && !ICD_CODE.test(code))) unfinished.push('code');
  if (text.followUp.trim() !== '' && parseTypedDate(text.followUp) === undefined) unfinished.push('followUp');
  return unfinished;
}

/** What is sent, cleaned exactly as the server cleans it, so that the two can be compared. */
export function toContent(text: ConclusionText): ConclusionContent {
  const { followUp, ...rest } = text;
  const { others, ...main } = text.diagnosis;
  const named = (others ?? [])
    .filter((other) => other.code.trim() !== '' || other.text.trim() !== '')
    .map((other) => ({ ...other, code: wholeCode(other.code) }));
  return z.parse(ConclusionContent, {
    ...rest,
    diagnosis: { ...main, code: wholeCode(main.code), ...(named.length > 0 && { others: named }) },
    recommendations: text.recommendations.filter((item) => item.trim() !== ''),
    followUpDate: parseTypedDate(followUp) ?? null,
  });
}

function wholeCode(typed: string): string {
  const code = tidyCode(typed);
  return ICD_CODE.test(code) ? code : '';
}

/** Whether the server would store the same for both. */
export function isSameContent(one: ConclusionText, other: ConclusionText): boolean {
  return JSON.stringify(toContent(one)) === JSON.stringify(toContent(other));
}

/** Whether nothing of `text` would be lost if only what the server takes of it were kept. */
export function isWhole(text: ConclusionText): boolean {
  return listUnfinished(text).length === 0;
}

export function listMissing(text: ConclusionText) {
  return missingForSignature(toContent(text));
}
