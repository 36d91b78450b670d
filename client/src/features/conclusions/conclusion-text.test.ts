import { EMPTY_CONCLUSION } from '@jaqyn/shared/consultations/conclusion.contract';
import { tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import { describe, expect, it } from 'vitest';
import { EMPTY_TEXT, isSameContent, listMissing, listUnfinished, toContent, toText } from './conclusion-text.ts';

describe('toContent', () => {
  it('comes back from the server as it was typed', () => {
    const text = {
      ...EMPTY_TEXT,
      findings: 'Тыныс алуы везикулярлы',
      diagnosis: { code: 'I10', text: 'Артериялық гипертензия', certainty: 'final' as const },
      recommendations: ['Тұзды азайту'],
      followUp: '05.12.2026',
    };
    expect(toText(toContent(text))).toEqual(text);
    expect(toContent(text).followUpDate).toBe('2026-12-05');
  });

  it('leaves out empty rows and what is half typed', () => {
    const text = {
      ...EMPTY_TEXT,
      diagnosis: { ...EMPTY_TEXT.diagnosis, code: 'I1' },
      recommendations: ['', ' a ', '  '],
      followUp: '05.1',
    };
    expect(toContent(text)).toEqual({ ...EMPTY_CONCLUSION, recommendations: ['a'] });
    expect(listUnfinished(text)).toEqual(['code', 'followUp']);
  });

  it('is the same for a space at the end', () => {
    expect(isSameContent({ ...EMPTY_TEXT, limits: 'a ' }, { ...EMPTY_TEXT, limits: 'a' })).toBe(true);
    expect(isSameContent({ ...EMPTY_TEXT, limits: 'a b' }, { ...EMPTY_TEXT, limits: 'a' })).toBe(false);
  });
});

describe('tidyCode', () => {
  it.each([
    ['i10', 'I10'],
    ['е11,9', 'E11.9'],
    ['К 29.7', 'K29.7'],
    ['', ''],
  ])('%s is read as %s', (typed, code) => {
    expect(tidyCode(typed)).toBe(code);
  });
});

it('signing needs findings, a diagnosis in words and one recommendation', () => {
  expect(listMissing(EMPTY_TEXT)).toEqual(['findings', 'diagnosis', 'recommendations']);
  expect(
    listMissing({
      ...EMPTY_TEXT,
      findings: 'a',
      diagnosis: { code: '', text: 'b', certainty: 'final' },
      recommendations: ['', 'c'],
    }),
  ).toEqual([]);
});
