import { birthDateOfIin, findIinProblem, sexOfIin } from '@jaqyn/shared/kernel/iin';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Sex } from '@jaqyn/shared/patients/patient.contract';

/** What to say about an IIN while it is being typed. */
export type IinCheck =
  | { readonly kind: 'empty' }
  | { readonly kind: 'typing'; readonly digits: number }
  /** Something other than digits, or more than twelve. */
  | { readonly kind: 'not_digits' }
  | { readonly kind: 'too_long' }
  /** The last digit does not fit the others: a digit is wrong or two are swapped. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'right'; readonly birthDate: CalendarDate | undefined; readonly sex: Sex | undefined };

/** Spaces and hyphens are how people write it, not errors. */
export function cleanIin(text: string): string {
  return text.replace(/[\s\u00A0-]/g, '');
}

export function checkIin(text: string): IinCheck {
  const iin = cleanIin(text);
  if (iin === '') return { kind: 'empty' };
  if (!/^\d+$/.test(iin)) return { kind: 'not_digits' };
  if (iin.length < 12) return { kind: 'typing', digits: iin.length };
  if (iin.length > 12) return { kind: 'too_long' };
  if (findIinProblem(iin) !== undefined) return { kind: 'wrong' };
  return { kind: 'right', birthDate: birthDateOfIin(iin), sex: sexOfIin(iin) };
}
