import type { PatientId } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import type { PatientInput } from '@jaqyn/shared/patients/patient.contract';
import { serverNow } from '../../lib/clock.ts';
import { parseTypedDate, toTypedDate } from '../../lib/typed-date.ts';
import { checkIin, cleanIin } from './iin-check.ts';
import type { PatientDraft } from './patient-draft.ts';

export type PatientField = 'iin' | 'familyName' | 'givenName' | 'birthDate' | 'sex' | 'allergies';
export type PatientWarning = 'birth_date_differs' | 'sex_differs';

/** Takes a typed IIN; once it is correct it fills the birth date and the sex, unless they were typed already. */
export function withIin(draft: PatientDraft, iin: string): PatientDraft {
  const check = checkIin(iin);
  if (check.kind !== 'right') return { ...draft, iin };
  return {
    ...draft,
    iin,
    birthDate: draft.birthDate === '' && check.birthDate ? toTypedDate(check.birthDate) : draft.birthDate,
    sex: draft.sex ?? check.sex ?? null,
  };
}

/** What differs between the IIN and the rest. A reason to look twice, never to refuse. */
export function warningsOf(draft: PatientDraft): PatientWarning[] {
  const check = checkIin(draft.iin);
  if (check.kind !== 'right') return [];
  const warnings: PatientWarning[] = [];
  const birthDate = parseTypedDate(draft.birthDate);
  if (check.birthDate && birthDate && check.birthDate !== birthDate) warnings.push('birth_date_differs');
  if (check.sex && draft.sex && check.sex !== draft.sex) warnings.push('sex_differs');
  return warnings;
}

/** Fields that must be filled or mended before the server will take it. */
export function missingOf(draft: PatientDraft): PatientField[] {
  const missing: PatientField[] = [];
  const iin = checkIin(draft.iin);
  if (iin.kind !== 'empty' && iin.kind !== 'right') missing.push('iin');
  if (draft.familyName.trim() === '') missing.push('familyName');
  if (draft.givenName.trim() === '') missing.push('givenName');
  const birthDate = parseTypedDate(draft.birthDate);
  // Nobody is born tomorrow: the server refuses it.
  if (birthDate === undefined || birthDate > localDate(new Date(serverNow()))) missing.push('birthDate');
  if (draft.sex === null) missing.push('sex');
  if (draft.allergyAnswer === 'some' && draft.allergies.trim() === '') missing.push('allergies');
  return missing;
}

/** What is sent; undefined while something is missing. */
export function toPatientInput(draft: PatientDraft): (PatientInput & { id: PatientId }) | undefined {
  const birthDate = parseTypedDate(draft.birthDate);
  if (missingOf(draft).length > 0 || birthDate === undefined || draft.sex === null) return undefined;
  const iin = cleanIin(draft.iin);
  return {
    id: draft.id,
    iin: iin === '' ? null : iin,
    familyName: draft.familyName.trim(),
    givenName: draft.givenName.trim(),
    middleName: draft.middleName.trim(),
    birthDate,
    sex: draft.sex,
    phone: draft.phone.trim(),
    address: draft.address.trim(),
    insurance: draft.insurance,
    allergies: allergiesOf(draft),
    chronicConditions: '',
  };
}

/** Null is "not asked", an empty text is "none". */
function allergiesOf({ allergyAnswer, allergies }: PatientDraft): string | null {
  switch (allergyAnswer) {
    case 'unknown':
      return null;
    case 'none':
      return '';
    case 'some':
      return allergies.trim();
  }
}
