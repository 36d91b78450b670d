import { EMPTY_TEMPLATE_TEXTS } from '@jaqyn/shared/consultations/conclusion-template.contract';
import { describe, expect, it } from 'vitest';
import {
  type DraftTexts,
  emptyTexts,
  listFaults,
  type TemplateDraft,
  toContent,
  toDraftTexts,
} from './template-draft.ts';

const draftOf = (kk: Partial<DraftTexts>, ru: Partial<DraftTexts> = {}): TemplateDraft => {
  const texts = emptyTexts();
  const own = { ...texts, kk: { ...texts.kk, ...kk }, ru: { ...texts.ru, ...ru } };
  return { baseVersion: 0, specialty: 'cardiology', isRetired: false, texts: own };
};

describe('a template as it is written', () => {
  it('is what it was when it comes from the server and goes back', () => {
    const kk = { ...EMPTY_TEMPLATE_TEXTS, title: 'Гипертензия', recommendations: ['Тұзды азайту', 'Күнделік'] };
    const content = { kk, ru: EMPTY_TEMPLATE_TEXTS, en: EMPTY_TEMPLATE_TEXTS };
    expect(toContent({ ...draftOf({}), texts: toDraftTexts(content) })).toEqual(content);
  });

  it('takes recommendations by the line and leaves out empty lines', () => {
    const content = toContent(draftOf({ title: 'A', recommendations: ' бір \n\n  \nекі\n' }));
    expect(content?.kk.recommendations).toEqual(['бір', 'екі']);
  });

  it.each([
    ['no title at all', draftOf({}), [['kk', 'title', 'title_missing']]],
    [
      'a text in a language without a title',
      draftOf({ title: 'A' }, { findings: 'x' }),
      [['ru', 'title', 'title_missing']],
    ],
    [
      'data that there is none of',
      draftOf({ title: 'A', findings: '{{age}} {{pulse}}' }),
      [['kk', 'findings', 'unknown']],
    ],
    [
      'data named in Cyrillic, in two words or not at all',
      draftOf({ title: 'A', findings: '{{давление}} {{ age }} {{heart rate}} {{}}' }),
      [
        ['kk', 'findings', 'unknown'],
        ['kk', 'findings', 'unknown'],
        ['kk', 'findings', 'unknown'],
      ],
    ],
    [
      'more recommendations than fit',
      draftOf({ title: 'A', recommendations: Array.from({ length: 31 }, (_, at) => `${at}`).join('\n') }),
      [['kk', 'recommendations', 'too_many']],
    ],
  ])('says what is wrong: %s', (_what, draft, faults) => {
    expect(listFaults(draft).map(({ language, field, kind }) => [language, field, kind])).toEqual(faults);
    expect(toContent(draft)).toBeUndefined();
  });
});
