import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { dayOf, minuteOfDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import {
  type ClosureReason,
  type ExtraSession,
  findTemplateProblems,
  type RosterTemplate,
} from '@jaqyn/shared/scheduling/roster';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import type { Scheduled } from './people.repository.ts';
import type { Unit } from './schedule-runner.ts';

/** A leave of more than a year is somebody who has left: their templates end instead. */
const MAX_CLOSURE_DAYS = 366;

export type ClosureInput = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly reason: ClosureReason;
  readonly substituteId: PractitionerId | null;
};

/** Throws `roster.invalid`, `service.not_found`, `service.differs`, `service.retired`. */
export async function assertTemplate(tx: Tx, practitioner: Scheduled, template: RosterTemplate): Promise<void> {
  const problems = findTemplateProblems(template);
  if (problems.length > 0) throw new DomainError('roster.invalid', { fields: problems });
  await assertService(tx, practitioner, template, template.validFrom);
}

/** Throws `service.not_found`, `service.differs`, `service.retired`. */
export async function assertService(
  tx: Tx,
  practitioner: Scheduled,
  { service: code, mode }: Pick<RosterTemplate, 'service' | 'mode'>,
  from: CalendarDate,
): Promise<void> {
  const service = await healthcareServiceRepository.find(tx, code);
  if (service === undefined) throw new DomainError('service.not_found');
  if (service.specialty !== practitioner.specialty || (mode !== 'on_call' && mode !== service.mode)) {
    throw new DomainError('service.differs', { fields: [{ path: 'service', code: 'differs' }] });
  }
  if (service.retiredFrom !== null && service.retiredFrom <= from) throw new DomainError('service.retired');
}

/** Throws `roster.invalid`. */
export function assertClosure({ startsAt, endsAt }: ClosureInput, at: Instant): void {
  const invalid = (path: string, code: string) => new DomainError('roster.invalid', { fields: [{ path, code }] });
  if (endsAt <= startsAt) throw invalid('endsAt', 'before_start');
  if (endsAt <= at) throw invalid('endsAt', 'in_the_past');
  if (toMinute(endsAt) - toMinute(startsAt) > MAX_CLOSURE_DAYS * 1440) throw invalid('endsAt', 'too_long');
}

/** The rules of a template hold for one day as well. */
export function assertExtra(extra: ExtraSession, unit: Unit): void {
  const day = dayOf(extra.from);
  const start = minuteOfDay(extra.from);
  const problems = findTemplateProblems({
    ...extra,
    weekdays: [1],
    startMinute: start,
    endMinute: start + (extra.to - extra.from),
    validFrom: day,
    validTo: day,
  });
  if (extra.to <= unit.now) problems.push({ path: 'endsAt', code: 'in_the_past' });
  if (problems.length > 0) throw new DomainError('roster.invalid', { fields: problems });
}
