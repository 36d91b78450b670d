import { LANGUAGES, type Language } from '@jaqyn/shared/auth/auth.contract';
import {
  ConclusionTemplateContent,
  type TemplateTexts,
  unknownPlaceholders,
} from '@jaqyn/shared/consultations/conclusion-template.contract';
import * as z from 'zod/mini';

/** The texts of one language as they are typed: recommendations one on a line. */
const DraftTexts = z.object({
  title: z.string(),
  findings: z.string(),
  recommendations: z.string(),
  medicines: z.string(),
  furtherTests: z.string(),
  referral: z.string(),
  limits: z.string(),
});
export type DraftTexts = z.infer<typeof DraftTexts>;

export const TemplateDraft = z.object({
  /** The version it was begun from; 0 for a new one. */
  baseVersion: z.number(),
  specialty: z.string(),
  isRetired: z.boolean(),
  texts: z.object({ kk: DraftTexts, ru: DraftTexts, en: DraftTexts }),
});
export type TemplateDraft = z.infer<typeof TemplateDraft>;

/** Characters, as the server takes them; recommendations by the line. */
export const TEMPLATE_LIMITS: Readonly<Record<keyof DraftTexts, number>> = {
  title: 120,
  findings: 8000,
  recommendations: 30_000,
  medicines: 4000,
  furtherTests: 4000,
  referral: 2000,
  limits: 2000,
};

export function toDraftTexts(content: ConclusionTemplateContent): TemplateDraft['texts'] {
  const one = ({ recommendations, ...texts }: TemplateTexts): DraftTexts => ({
    ...texts,
    recommendations: recommendations.join('\n'),
  });
  return { kk: one(content.kk), ru: one(content.ru), en: one(content.en) };
}

export function emptyTexts(): TemplateDraft['texts'] {
  const none = {
    title: '',
    findings: '',
    recommendations: '',
    medicines: '',
    furtherTests: '',
    referral: '',
    limits: '',
  };
  return { kk: none, ru: none, en: none };
}

export interface TemplateFault {
  readonly language: Language;
  readonly field: keyof DraftTexts;
  readonly kind: 'title_missing' | 'too_many' | 'unknown';
  /** What stands between the braces, of an unknown one. */
  readonly name?: string;
}

/** What keeps the draft from being saved, field by field. */
export function listFaults({ texts }: TemplateDraft): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (LANGUAGES.every((language) => texts[language].title.trim() === '')) {
    faults.push({ language: 'kk', field: 'title', kind: 'title_missing' });
  }
  for (const language of LANGUAGES) {
    const own = texts[language];
    // A text without a title would never be offered.
    const isWritten = Object.values(own).some((text) => text.trim() !== '');
    const isNamed = own.title.trim() !== '' || faults.some((fault) => fault.language === language);
    if (isWritten && !isNamed) faults.push({ language, field: 'title', kind: 'title_missing' });
    const lines = linesOf(own.recommendations);
    if (lines.length > 30 || lines.some((line) => line.length > 1000)) {
      faults.push({ language, field: 'recommendations', kind: 'too_many' });
    }
    for (const field of Object.keys(own) as (keyof DraftTexts)[]) {
      for (const name of unknownPlaceholders(own[field])) faults.push({ language, field, kind: 'unknown', name });
    }
  }
  return faults;
}

/** What is sent; undefined while something is wrong. */
export function toContent(draft: TemplateDraft): ConclusionTemplateContent | undefined {
  if (listFaults(draft).length > 0) return undefined;
  const one = ({ recommendations, ...own }: DraftTexts) => ({ ...own, recommendations: linesOf(recommendations) });
  const { kk, ru, en } = draft.texts;
  return ConclusionTemplateContent.safeParse({ kk: one(kk), ru: one(ru), en: one(en) }).data;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
