import { iinCheckDigit } from '@jaqyn/shared/kernel/iin';
import { describe, expect, it } from 'vitest';
import { newPatientDraft } from './patient-draft.ts';
import { missingOf, toPatientInput, warningsOf, withIin } from './patient-form.ts';

const FIRST = '62031230012';
const IIN = `${FIRST}${iinCheckDigit(FIRST)}`;
const filled = {
  ...newPatientDraft('Әбді Иса'),
  birthDate: '12.03.1962',
  sex: 'male' as const,
};

describe('the form of a new patient', () => {
  it('begins with what was searched for', () => {
    expect(newPatientDraft(' Әбді Иса Қалиұлы ')).toMatchObject({
      familyName: 'Әбді',
      givenName: 'Иса',
      middleName: 'Қалиұлы',
      iin: '',
    });
    expect(newPatientDraft(IIN)).toMatchObject({ iin: IIN, familyName: '' });
    const grouped = '620312 300-120';
    expect(newPatientDraft(grouped)).toMatchObject({ iin: grouped, familyName: '', givenName: '' });
    expect(newPatientDraft('12.03.1962')).toMatchObject({ birthDate: '12.03.1962', familyName: '', iin: '' });
  });

  it('fills birth date and sex from a correct IIN', () => {
    expect(withIin(newPatientDraft(''), IIN)).toMatchObject({ birthDate: '12.03.1962', sex: 'male' });
  });

  it('never overwrites what was typed, but warns', () => {
    const draft = withIin({ ...filled, birthDate: '13.03.1962', sex: 'female' }, IIN);
    expect(draft).toMatchObject({ birthDate: '13.03.1962', sex: 'female' });
    expect(warningsOf(draft)).toEqual(['birth_date_differs', 'sex_differs']);
    expect(missingOf(draft)).toEqual([]);
  });

  it('goes without an IIN, but not with a wrong one', () => {
    expect(toPatientInput(filled)?.iin).toBeNull();
    expect(missingOf({ ...filled, iin: '620312300120' })).toEqual(['iin']);
  });

  it('tells "not asked" from "none"', () => {
    expect(toPatientInput(filled)?.allergies).toBeNull();
    expect(toPatientInput({ ...filled, allergyAnswer: 'none' })?.allergies).toBe('');
    expect(missingOf({ ...filled, allergyAnswer: 'some', allergies: ' ' })).toEqual(['allergies']);
  });

  it('asks again for a birth date to come', () => {
    expect(missingOf({ ...filled, birthDate: '12.03.2962' })).toEqual(['birthDate']);
  });

  it('names every field that is missing', () => {
    expect(missingOf(newPatientDraft(''))).toEqual(['familyName', 'givenName', 'birthDate', 'sex']);
  });
});
