/**
 * IIN, the individual identification number of Kazakhstan: YYMMDD, a digit for century and sex
 * (1/2 19th, 3/4 20th, 5/6 21st; odd male), four digits, one check digit.
 */
import type { CalendarDate } from './time.ts';

const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/** Σ dᵢ·wᵢ mod 11 over the first 11 digits; a 10 is computed again with the second weights; 10 twice has no check digit. */
export function iinCheckDigit(first11: string): number | undefined {
  for (const weights of [FIRST_WEIGHTS, SECOND_WEIGHTS]) {
    const rest = weights.reduce((sum, weight, i) => sum + weight * Number(first11[i]), 0) % 11;
    if (rest < 10) return rest;
  }
  return undefined;
}

export type IinProblem = 'format' | 'check_digit';

/** What is wrong with the text as an IIN, or undefined when nothing is. The birth date inside is not judged: see `birthDateOfIin`. */
export function findIinProblem(text: string): IinProblem | undefined {
  if (!/^\d{12}$/.test(text)) return 'format';
  return iinCheckDigit(text.slice(0, 11)) === Number(text[11]) ? undefined : 'check_digit';
}

/** The birth date the IIN speaks of, when it is a real day. A mismatch with the record is a warning, never a refusal. */
export function birthDateOfIin(iin: string): CalendarDate | undefined {
  const century = { 1: 18, 2: 18, 3: 19, 4: 19, 5: 20, 6: 20 }[Number(iin[6])];
  if (century === undefined) return undefined;
  const text = `${century}${iin.slice(0, 2)}-${iin.slice(2, 4)}-${iin.slice(4, 6)}`;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? (text as CalendarDate) : undefined;
}

/** The sex the IIN speaks of: an odd seventh digit is male. */
export function sexOfIin(iin: string): 'male' | 'female' | undefined {
  const digit = Number(iin[6]);
  return digit >= 1 && digit <= 6 ? (digit % 2 === 1 ? 'male' : 'female') : undefined;
}
