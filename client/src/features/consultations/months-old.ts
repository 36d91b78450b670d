import { localDate } from '@jaqyn/shared/kernel/time';
import { ageInMonths } from '@jaqyn/shared/patients/age';
import { serverNow } from '../../lib/clock.ts';

/** Whole months of age at an instant, now where none is given. */
export function monthsOld(birthDate: string | undefined, at?: string): number | undefined {
  if (birthDate === undefined) return undefined;
  return ageInMonths(birthDate, localDate(at === undefined ? new Date(serverNow()) : new Date(at)));
}
