import * as z from 'zod/mini';
import { LANGUAGES, type Language } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { SpecialtyCode, TemplateId } from '../kernel/ids.ts';
import { freeText } from '../kernel/text.ts';
import { Instant } from '../kernel/time.ts';

/** What the station's data may stand in for, written `{{age}}` in a template's text. */
export const TEMPLATE_FACTS = [
  'age',
  'bloodPressure',
  'heartRate',
  'spo2',
  'temperature',
  'respiratoryRate',
  'glucose',
  'weight',
] as const;
export type TemplateFact = (typeof TEMPLATE_FACTS)[number];

// Whatever stands between the braces: a name typed in Cyrillic or in two words must be told of, not kept as text.
const PLACEHOLDER = /\{\{([^{}\n]*)\}\}/g;
/** Where the station measured nothing: seen and filled in or taken out by the one who signs. */
export const BLANK = '___';

/** The text with the station's data in it. Names that stand for nothing stay as they were typed. */
export function fillTemplate(text: string, facts: Readonly<Partial<Record<TemplateFact, string>>>): string {
  return text.replace(PLACEHOLDER, (whole, between: string) => {
    const name = between.trim();
    return (TEMPLATE_FACTS as readonly string[]).includes(name) ? (facts[name as TemplateFact] ?? BLANK) : whole;
  });
}

/** Names between braces that stand for nothing. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)]
    .map(([, between]) => between?.trim() ?? '')
    .filter((name) => !(TEMPLATE_FACTS as readonly string[]).includes(name));
}

/** The texts in one language; an empty title says that there are none in it. */
export const TemplateTexts = z.object({
  title: freeText(120),
  findings: freeText(8000),
  recommendations: z.array(freeText(1000)).check(z.maxLength(30)),
  medicines: freeText(4000),
  furtherTests: freeText(4000),
  referral: freeText(2000),
  limits: freeText(2000),
});
export type TemplateTexts = z.infer<typeof TemplateTexts>;

export const EMPTY_TEMPLATE_TEXTS: TemplateTexts = {
  title: '',
  findings: '',
  recommendations: [],
  medicines: '',
  furtherTests: '',
  referral: '',
  limits: '',
};

export const ConclusionTemplateContent = z
  .object({ kk: TemplateTexts, ru: TemplateTexts, en: TemplateTexts })
  .check(z.refine((texts) => LANGUAGES.some((language) => texts[language].title !== ''), { path: ['kk', 'title'] }));
export type ConclusionTemplateContent = z.infer<typeof ConclusionTemplateContent>;

/** The texts in the language asked for, else in the first there are. */
export function templateIn(content: ConclusionTemplateContent, language: Language): TemplateTexts {
  const found = [language, ...LANGUAGES].find((candidate) => content[candidate].title !== '');
  return content[found ?? language];
}

export const ConclusionTemplate = z.object({
  id: TemplateId,
  specialty: SpecialtyCode,
  /** The caller's own; the others are everybody's of the specialty. */
  isOwn: z.boolean(),
  version: z.number(),
  content: ConclusionTemplateContent,
  isRetired: z.boolean(),
  updatedAt: Instant,
});
export type ConclusionTemplate = z.infer<typeof ConclusionTemplate>;

export const listConclusionTemplates = endpoint({
  method: 'GET',
  path: '/api/conclusion-templates',
  summary: 'Templates of a specialty: everybody’s and the caller’s own; for who edits reference data all, retired too',
  query: z.object({ specialty: z.optional(SpecialtyCode) }),
  response: z.object({ templates: z.array(ConclusionTemplate) }),
});

/** A version as it was saved. */
export const ConclusionTemplateVersion = z.object({
  version: z.number(),
  content: ConclusionTemplateContent,
  isRetired: z.boolean(),
  savedAt: Instant,
  /** Null for what the product brought along. */
  savedByName: z.nullable(z.string()),
});
export type ConclusionTemplateVersion = z.infer<typeof ConclusionTemplateVersion>;

export const listTemplateVersions = endpoint({
  method: 'GET',
  path: '/api/conclusion-templates/:templateId/versions',
  summary: 'Every version of a template that the caller may write, the newest first',
  params: z.object({ templateId: TemplateId }),
  response: z.object({ versions: z.array(ConclusionTemplateVersion) }),
});

export const saveConclusionTemplate = endpoint({
  method: 'PUT',
  path: '/api/conclusion-templates/:templateId',
  summary: 'Write a template: a specialist the own one, coordinator and administrator everybody’s',
  params: z.object({ templateId: TemplateId }),
  body: z.object({
    /** 0 for a new one. */
    baseVersion: z.number().check(z.int(), z.minimum(0)),
    specialty: SpecialtyCode,
    content: ConclusionTemplateContent,
    isRetired: z.boolean(),
  }),
  response: ConclusionTemplate,
});
