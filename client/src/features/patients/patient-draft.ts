import { PatientId } from '@jaqyn/shared/kernel/ids';
import { InsuranceStatus, Sex } from '@jaqyn/shared/patients/patient.contract';
import * as z from 'zod/mini';
import { newId } from '../../lib/ids.ts';
import { parseTypedDate } from '../../lib/typed-date.ts';

/** A patient that is being registered, as typed. */
export const PatientDraft = z.object({
  id: PatientId,
  iin: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  middleName: z.string(),
  /** As typed, `12.03.1962`. */
  birthDate: z.string(),
  sex: z.nullable(Sex),
  phone: z.string(),
  address: z.string(),
  insurance: InsuranceStatus,
  /** Asked or not, and what was answered. */
  allergyAnswer: z.enum(['unknown', 'none', 'some']),
  allergies: z.string(),
});
export type PatientDraft = z.infer<typeof PatientDraft>;

/** An empty form, with what was searched for filled in: an IIN however it was grouped, a birth date, else names. */
export function newPatientDraft(searched: string): PatientDraft {
  const text = searched.trim();
  const isDate = parseTypedDate(text) !== undefined;
  const isNumber = !isDate && /^[\d\s\u00A0-]+$/.test(text);
  const [familyName = '', givenName = '', ...rest] = isDate || isNumber ? [] : text.split(/\s+/);
  return {
    id: PatientId.parse(newId()),
    iin: isNumber ? text : '',
    familyName,
    givenName,
    middleName: rest.join(' '),
    birthDate: isDate ? text : '',
    sex: null,
    phone: '',
    address: '',
    insurance: 'unknown',
    allergyAnswer: 'unknown',
    allergies: '',
  };
}
