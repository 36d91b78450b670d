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

  it('names every field that is missing', () => {
    expect(missingOf(newPatientDraft(''))).toEqual(['familyName', 'givenName', 'birthDate', 'sex']);
  });
});
