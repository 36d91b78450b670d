import { ageInYears } from '../kernel/time.ts';

const DAY_MS = 86_400_000;

/** Whole days between two calendar days; negative before the birth. */
export function ageInDays(birthDate: string, onDate: string): number {
  return Math.round((Date.parse(`${onDate}T00:00:00Z`) - Date.parse(`${birthDate}T00:00:00Z`)) / DAY_MS);
}

/** Whole months between two calendar days; born on the 31st, one is a month older on the 1st where a month is shorter. */
export function ageInMonths(birthDate: string, onDate: string): number {
  const [by = 0, bm = 0, bd = 0] = birthDate.split('-').map(Number);
  const [y = 0, m = 0, d = 0] = onDate.split('-').map(Number);
  return (y - by) * 12 + (m - bm) - (d >= bd ? 0 : 1);
}

/** Under 18 somebody else answers and agrees for the patient. */
const FULL_AGE_YEARS = 18;

export function isMinor(birthDate: string, onDate: string): boolean {
  return ageInYears(birthDate, onDate) < FULL_AGE_YEARS;
}

/** Women of these ages are asked about pregnancy: dangers for mothers are others. */
const ASKED_FROM_YEARS = 10;
const ASKED_TO_YEARS = 54;

export function asksPregnancy(patient: { readonly sex: string; readonly birthDate: string }, onDate: string): boolean {
  const years = ageInYears(patient.birthDate, onDate);
  return patient.sex === 'female' && years >= ASKED_FROM_YEARS && years <= ASKED_TO_YEARS;
}
