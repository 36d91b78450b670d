import {
  ConclusionContent,
  EMPTY_CONCLUSION,
  missingForSignature,
} from '@jaqyn/shared/consultations/conclusion.contract';
import * as z from 'zod/mini';
import { parseTypedDate, toTypedDate } from '../../lib/typed-date.ts';

/**
 * The conclusion as it is being typed. It differs from what the server takes in that everything may be half done: an
 * ICD-10 code after its first letter, a date after its first digit, a recommendation row that is still empty.
 */
export const ConclusionText = z.object({
  findings: z.string(),
  diagnosis: z.object({ code: z.string(), text: z.string(), certainty: z.enum(['preliminary', 'final']) }),
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

// On a Russian or Kazakh keyboard the letters of ICD-10 that look alike are Cyrillic ones.
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};

/** `е11,9` as `E11.9`. */
export function tidyCode(typed: string): string {
  return typed
    .trim()
    .toUpperCase()
    .replace(/[АВСЕНІКМОРТУХ]/g, (letter) => LOOKALIKES[letter] ?? letter)
    .replace(/,/g, '.')
    .replace(/\s+/g, '');
}

const CODE = /^[A-Z]\d{2}(\.\d{1,2})?$/;

/** Parts that are half typed: they are kept on this device and not sent until they are whole. */
export type UnfinishedPart = 'code' | 'followUp';

export function listUnfinished(text: ConclusionText): UnfinishedPart[] {
  const unfinished: UnfinishedPart[] = [];
  if (text.diagnosis.code.trim() !== '' && !CODE.test(tidyCode(text.diagnosis.code))) unfinished.push('code');
  if (text.followUp.trim() !== '' && parseTypedDate(text.followUp) === undefined) unfinished.push('followUp');
  return unfinished;
}

/** What is sent, cleaned exactly as the server cleans it, so that the two can be compared. */
export function toContent(text: ConclusionText): ConclusionContent {
  const code = tidyCode(text.diagnosis.code);
  const { followUp, ...rest } = text;
  return z.parse(ConclusionContent, {
    ...rest,
    diagnosis: { ...text.diagnosis, code: CODE.test(code) ? code : '' },
    recommendations: text.recommendations.filter((item) => item.trim() !== ''),
    followUpDate: parseTypedDate(followUp) ?? null,
  });
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
