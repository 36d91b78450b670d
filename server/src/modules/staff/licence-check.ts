import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { licenceRepository } from './licence.repository.ts';

/**
 * In the unit of work of whoever takes on a consult or signs it, so that a licence that ends or is withdrawn counts from that moment on.
 * Throws `licence.ended` when today is in none of them; where nobody has entered one, nobody knows (docs/decisions/061).
 */
export async function assertLicensed(tx: Tx, practitionerId: PractitionerId, at: Instant): Promise<void> {
  if (!(await licenceRepository.isLicensed(tx, practitionerId, localDate(at)))) throw new DomainError('licence.ended');
}

/** As far as it is known today; a licence is usually renewed before it ends. True where nobody has entered one. */
export function isLicensedOnDay(tx: Tx, practitionerId: PractitionerId, day: CalendarDate): Promise<boolean> {
  return licenceRepository.isLicensed(tx, practitionerId, day);
}
