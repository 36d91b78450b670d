import {
  fillTemplate,
  type TemplateFact,
  type TemplateTexts,
} from '@jaqyn/shared/consultations/conclusion-template.contract';
import { type ConclusionText, MAX_LENGTH, MAX_RECOMMENDATIONS } from './conclusion-text.ts';

const FIELDS = ['findings', 'medicines', 'furtherTests', 'referral', 'limits'] as const;

/** The text with the template below whatever is written already; what does not fit any more is left out, never what was typed. */
export function insertTemplate(
  text: ConclusionText,
  template: TemplateTexts,
  facts: Readonly<Partial<Record<TemplateFact, string>>>,
): ConclusionText {
  const result = { ...text };
  for (const field of FIELDS) {
    const added = fillTemplate(template[field], facts);
    const joined = text[field].trim() === '' ? added : `${text[field]}\n${added}`;
    if (added !== '' && joined.length <= MAX_LENGTH[field]) result[field] = joined;
  }
  const written = text.recommendations.filter((item) => item.trim() !== '');
  const known = new Set(written.map((item) => item.trim()));
  const added = template.recommendations.map((item) => fillTemplate(item, facts)).filter((item) => !known.has(item));
  result.recommendations = [...written, ...added].slice(0, Math.max(MAX_RECOMMENDATIONS, written.length));
  return result;
}

/** Takes the insertion back where nothing was typed since; what was written after it stays. */
export function takeBack(now: ConclusionText, before: ConclusionText, inserted: ConclusionText): ConclusionText {
  const result = { ...now };
  for (const field of FIELDS) if (now[field] === inserted[field]) result[field] = before[field];
  if (JSON.stringify(now.recommendations) === JSON.stringify(inserted.recommendations)) {
    result.recommendations = before.recommendations;
  }
  return result;
}
