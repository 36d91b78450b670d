import { EMPTY_SUMMARY, type PatientSummary } from '@jaqyn/shared/patients/patient-summary';
import { describe, expect, it } from 'vitest';
import { hasNameless, toDraft, toSummary } from './summary-draft.ts';

const FULL: PatientSummary = {
  allergies: [{ substance: 'Йод', reaction: 'ісіну', severity: 'severe' }],
  conditions: [
    { code: 'I10', name: 'Гипертензия' },
    { code: null, name: 'Астма' },
  ],
  medicines: [],
  representatives: [{ name: 'Анасы', relationship: 'mother', phone: '+7 701' }],
};

describe('a summary in the editor', () => {
  it.each([EMPTY_SUMMARY, FULL])('comes back as it went in', (summary) => {
    expect(toSummary(toDraft(summary, 3))).toEqual(summary);
  });

  it('tells "none known" from "not asked", and an empty yes is no answer', () => {
    const draft = toDraft(EMPTY_SUMMARY, 0);
    expect(toSummary({ ...draft, allergyAnswer: 'none' }).allergies).toEqual([]);
    expect(toSummary({ ...draft, allergyAnswer: 'unknown' }).allergies).toBeNull();
    const empty = { substance: '  ', reaction: '', severity: 'unknown' as const };
    expect(toSummary({ ...draft, allergyAnswer: 'some', allergies: [empty] }).allergies).toBeNull();
  });

  it('does not let a row go of which only the name is missing', () => {
    const draft = { ...toDraft(EMPTY_SUMMARY, 0), medicineAnswer: 'some' as const };
    const row = { name: ' ', dose: '', frequency: '' };
    expect(hasNameless({ ...draft, medicines: [row] })).toBe(false);
    expect(hasNameless({ ...draft, medicines: [{ ...row, dose: '5 мг' }] })).toBe(true);
    expect(hasNameless({ ...draft, medicineAnswer: 'none', medicines: [{ ...row, dose: '5 мг' }] })).toBe(false);
    const mother = { name: '', relationship: 'mother' as const, phone: '+7 701' };
    expect(hasNameless({ ...draft, representatives: [mother] })).toBe(true);
  });

  it('takes a code typed in Cyrillic, a code alone, and leaves half a code to the words', () => {
    const draft = { ...toDraft(EMPTY_SUMMARY, 0), conditionAnswer: 'some' as const };
    const conditions = [
      { code: 'Е11.9', name: 'Диабет' },
      { code: 'i10', name: '' },
      { code: 'I', name: 'Жүрек' },
    ];
    expect(toSummary({ ...draft, conditions }).conditions).toEqual([
      { code: 'E11.9', name: 'Диабет' },
      { code: 'I10', name: 'I10' },
      { code: null, name: 'Жүрек' },
    ]);
  });

  it('keeps what was typed when the answer changes and changes back', () => {
    const draft = { ...toDraft(FULL, 1), allergyAnswer: 'none' as const };
    expect(toSummary(draft).allergies).toEqual([]);
    expect(toSummary({ ...draft, allergyAnswer: 'some' }).allergies).toEqual(FULL.allergies);
  });
});
