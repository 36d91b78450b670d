import { describe, expect, test } from 'vitest';
import { ConclusionContent, EMPTY_CONCLUSION, missingForSignature, saveConclusion } from './conclusion.contract.ts';

const COMPLETE: ConclusionContent = {
  ...EMPTY_CONCLUSION,
  findings: 'Тоны сердца ясные',
  diagnosis: { code: 'I20.0', text: 'Тұрақсыз стенокардия', certainty: 'preliminary' },
  recommendations: ['ЭКГ 6 сағаттан кейін'],
};

describe('missingForSignature', () => {
  test('an empty draft lacks all, a complete one nothing', () => {
    expect(missingForSignature(EMPTY_CONCLUSION)).toEqual(['findings', 'diagnosis', 'recommendations']);
    expect(missingForSignature(COMPLETE)).toEqual([]);
  });

  test.each([
    ['findings', { findings: ' \n' }],
    ['diagnosis', { diagnosis: { code: 'I20.0', text: ' ', certainty: 'final' } }],
    ['recommendations', { recommendations: [] }],
    ['recommendations', { recommendations: ['', '  '] }],
  ] as const)('%s: %j', (field, change) => {
    expect(missingForSignature({ ...COMPLETE, ...change } as ConclusionContent)).toEqual([field]);
  });
});

describe('ConclusionContent', () => {
  test.each(['', 'I10', 'E11.9', 'Z99.89'])('%j is an ICD-10 code or none', (code) => {
    expect(ConclusionContent.safeParse({ ...COMPLETE, diagnosis: { ...COMPLETE.diagnosis, code } }).success).toBe(true);
  });

  test.each(['i10', 'I1', 'I10.', 'I10.123', 'I10 ', 'І10', '<b>'])('%j is none', (code) => {
    expect(ConclusionContent.safeParse({ ...COMPLETE, diagnosis: { ...COMPLETE.diagnosis, code } }).success).toBe(
      false,
    );
  });

  test('what the server answers passes the schema again', () => {
    const stored = ConclusionContent.parse({ ...COMPLETE, findings: ' a\u202E ' });
    expect(ConclusionContent.parse(stored)).toEqual(stored);
  });

  test('a save cannot start from a version that never was', () => {
    const body = saveConclusion.body;
    expect(body.safeParse({ baseVersion: 0, content: COMPLETE }).success).toBe(true);
    for (const baseVersion of [-1, 0.5, '0', null, Number.NaN]) {
      expect(body.safeParse({ baseVersion, content: COMPLETE }).success, String(baseVersion)).toBe(false);
    }
  });
});
