import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { type Session, slotsOf } from '@jaqyn/shared/scheduling/expand';
import { dayOf, type Minute, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { type ConflictCode, judgeRoster } from '@jaqyn/shared/scheduling/placement';
import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { peopleRepository, type Scheduled } from './people.repository.ts';
import { scheduleReader } from './schedule-reader.ts';

/** A slot of a specialist's roster, whoever may have it. */
export interface FoundSlot {
  readonly practitioner: Scheduled;
  readonly session: Session & { readonly mode: BookableMode };
  readonly service: HealthcareService;
  readonly slot: Span;
}

export type SlotSearch =
  | { readonly kind: 'found'; readonly found: FoundSlot }
  /** `slot`: what was asked for, as long as the nearest slot of that day or 20 minutes. */
  | {
      readonly kind: 'none';
      readonly practitioner: Scheduled;
      readonly why: Extract<ConflictCode, 'outside_roster' | 'off_grid' | 'on_leave' | 'day_off'>;
      readonly slot: Span;
    };

const USUAL_MINUTES = 20;

/** The slot that begins at a minute, or why there is none. Throws `practitioner.not_found`. */
export async function findSlot(tx: Tx, practitionerId: PractitionerId, startsAt: Instant): Promise<SlotSearch> {
  const practitioner = await peopleRepository.findPractitioner(tx, practitionerId);
  if (practitioner === undefined) throw new DomainError('practitioner.not_found');
  const from: Minute = toMinute(startsAt);
  const day = dayOf(from);
  const read = await scheduleReader.readRoster(tx, practitionerId, day, day);
  const sessions = read.sessionsOf(day);
  for (const session of sessions) {
    const slot = slotsOf(session).find((candidate) => candidate.from === from);
    if (slot === undefined || session.mode === 'on_call') continue;
    const service = await healthcareServiceRepository.find(tx, session.service);
    if (service === undefined) throw new DomainError('service.not_found');
    return { kind: 'found', found: { practitioner, session: { ...session, mode: session.mode }, service, slot } };
  }
  const near = sessions.find((session) => session.mode !== 'on_call');
  const slot = { from, to: from + (near?.slotMinutes ?? USUAL_MINUTES) };
  const why = judgeRoster(slot, { sessions, closures: read.roster.closures, kind: read.calendar.dayKind(day) });
  return { kind: 'none', practitioner, why: why ?? 'off_grid', slot };
}

/** Whether nothing new is booked for a service on a day. */
export function isRetired(service: HealthcareService, slot: Span): boolean {
  return service.retiredFrom !== null && service.retiredFrom <= dayOf(slot.from);
}
