import { describe, expect, it } from 'vitest';
import { applyChoices, mergeTexts } from './conclusion-merge.ts';
import { type ConclusionText, EMPTY_TEXT } from './conclusion-text.ts';

const base: ConclusionText = { ...EMPTY_TEXT, findings: 'Жүрек тондары анық', recommendations: ['Тыныштық'] };

describe('mergeTexts', () => {
  it('joins changes of different fields without asking', () => {
    const mine = { ...base, medicines: 'Аспирин 75 мг' };
    const theirs = { ...base, referral: 'Кардиология' };
    expect(mergeTexts(base, mine, theirs)).toEqual({
      merged: { ...base, medicines: 'Аспирин 75 мг', referral: 'Кардиология' },
      conflicts: [],
    });
  });

  it('names a field that both changed and keeps what is typed here', () => {
    const mine = { ...base, findings: 'Шу жоқ', limits: 'Аускультация жоқ' };
    const theirs = { ...base, findings: 'Систолалық шу', limits: 'Аускультация жоқ' };
    const { merged, conflicts } = mergeTexts(base, mine, theirs);
    expect(conflicts).toEqual(['findings']);
    expect(merged.findings).toBe('Шу жоқ');
  });

  it('takes the diagnosis as one thing, so that no code is joined to another text', () => {
    const mine = { ...base, diagnosis: { code: 'I10', text: '', certainty: 'preliminary' as const } };
    const theirs = { ...base, diagnosis: { code: '', text: 'Стенокардия', certainty: 'preliminary' as const } };
    expect(mergeTexts(base, mine, theirs).conflicts).toEqual(['diagnosis']);
  });

  it('does not call spaces or empty rows a change', () => {
    const mine = { ...base, findings: `${base.findings} `, recommendations: ['Тыныштық', ''] };
    const theirs = { ...base, findings: 'Басқа' };
    expect(mergeTexts(base, mine, theirs)).toEqual({ merged: { ...mine, findings: 'Басқа' }, conflicts: [] });
  });

  it('a field emptied here stays empty when the other side left it alone', () => {
    const mine = { ...base, findings: '' };
    expect(mergeTexts(base, mine, { ...base, limits: 'x' }).merged.findings).toBe('');
  });
});

describe('applyChoices', () => {
  const mine = { ...base, findings: 'A', recommendations: ['Тыныштық', 'ЭКГ'] };
  const theirs = { ...base, findings: 'B', recommendations: ['Тыныштық', 'Диета'] };

  it('takes what was chosen and leaves the rest as typed here', () => {
    const result = applyChoices(mine, theirs, { findings: 'theirs' });
    expect([result.findings, result.recommendations]).toEqual(['B', ['Тыныштық', 'ЭКГ']]);
  });

  it('both: texts one after the other, each recommendation once', () => {
    const result = applyChoices(mine, theirs, { findings: 'both', recommendations: 'both' });
    expect([result.findings, result.recommendations]).toEqual(['B\nA', ['Тыныштық', 'Диета', 'ЭКГ']]);
  });
});
