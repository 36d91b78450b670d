import type { HoldId, PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import { CLAIMING_STATES, isAppointmentIn } from '@jaqyn/shared/scheduling/appointment.machine';
import { dayOf, overlaps, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { UNDO_SECONDS } from '@jaqyn/shared/scheduling/operation.contract';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import { claimBook, type Expire, type Refusal, type Resource } from './claim-book.ts';
import { peopleRepository } from './people.repository.ts';
import { scheduleReader } from './schedule-reader.ts';
import type { Unit } from './schedule-runner.ts';
import { type FoundSlot, findSlot, isRetired } from './slot-finder.ts';

/** Where something is to be put. */
export interface Placement {
  readonly practitionerId: PractitionerId;
  readonly startsAt: Instant;
  readonly alsoPractitionerIds: readonly PractitionerId[];
  readonly holdId: HoldId | null;
  readonly mayOverbook: boolean;
}

/** How an appointment is to have its time. */
interface Taking {
  /** How many at once the lead may have then. */
  readonly lanes: number;
  /** A hold was named and is gone. */
  readonly wasHeld: boolean;
  /** It had this time before. */
  readonly isBack?: boolean;
  readonly expire: Expire;
}

/** The time of an appointment: which slot it is, whose time that takes, and giving it back. */
export const appointmentTime = {
  /** The slot of a placement, when this appointment can be there. Throws `slot.past`, `slot.unavailable`, `service.…`. */
  async findSlot(unit: Unit, row: AppointmentRow, placement: Placement): Promise<FoundSlot> {
    const search = await findSlot(unit.tx, placement.practitionerId, placement.startsAt);
    if (toMinute(placement.startsAt) < unit.now) {
      throw new DomainError('slot.past', { fields: [{ path: 'startsAt', code: 'in_the_past' }] });
    }
    if (search.kind === 'none') {
      throw new DomainError('slot.unavailable', { fields: [{ path: 'startsAt', code: search.why }] });
    }
    const { found } = search;
    if (isRetired(found.service, found.slot)) throw new DomainError('service.retired');
    if (found.service.specialty !== (row.specialty as SpecialtyCode)) throw new DomainError('service.differs');
    return found;
  },

  /** The others of a consilium need no slot of their own, but they must not be away. */
  async assertMembersThere(unit: Unit, members: readonly PractitionerId[], slot: Span): Promise<void> {
    for (const id of members) {
      if ((await peopleRepository.findPractitioner(unit.tx, id)) === undefined)
        throw new DomainError('practitioner.not_found');
      const day = dayOf(slot.from);
      const read = await scheduleReader.readRoster(unit.tx, id, day, day);
      if (read.roster.closures.some((closure) => overlaps(closure, slot))) {
        throw new DomainError('appointment.person_busy', {
          fields: [{ path: `practitionerId:${id}`, code: 'on_leave' }],
        });
      }
    }
  },

  /** Takes the time of everybody who takes part; answers the lead's lane. */
  async take(
    unit: Unit,
    row: AppointmentRow,
    members: readonly PractitionerId[],
    { lanes: most, wasHeld, isBack = false, expire }: Taking,
  ): Promise<number> {
    const lead = row.practitionerId ?? '';
    const resources: Resource[] = [{ kind: 'practitioner', id: lead, lanes: most }];
    for (const id of members) resources.push({ kind: 'practitioner', id, lanes: 1 });
    if (row.mode === 'video') {
      // Nobody sits anywhere for an asynchronous case.
      const { cameras } = await peopleRepository.getKit(unit.tx, row.stationId);
      resources.push(
        { kind: 'patient', id: row.patientId, lanes: 1 },
        { kind: 'station', id: row.stationId, lanes: cameras },
      );
    }
    const holder = { kind: 'appointment', id: row.id, expiresAt: row.expiresAt, isBack } as const;
    const { refusal, lanes } = await claimBook.take(unit, holder, resources, spanOf(row), expire);
    if (refusal !== undefined) throw toError(refusal, lead, wasHeld);
    return lanes.get(lead) ?? 0;
  },

  /** Waiters are offered what is free again once it can no longer be undone. */
  async release(unit: Unit, row: AppointmentRow): Promise<void> {
    await claimBook.release(unit, row.id);
    const { practitionerId, startsAt } = row;
    if (practitionerId === null || startsAt === null || startsAt <= unit.at || row.lane > 0) return;
    const dueAt = toInstant(new Date(Date.parse(unit.at) + UNDO_SECONDS * 1000));
    await appointmentRepository.noteFreed(unit.tx, practitionerId as PractitionerId, startsAt as Instant, dueAt);
  },

  /** Why the roster has no slot at an appointment's time; undefined when it has one, or the appointment has no time. */
  async findLost(tx: Tx, row: AppointmentRow): Promise<string | undefined> {
    if (!isAppointmentIn(row.status, CLAIMING_STATES) || row.practitionerId === null) return undefined;
    const search = await findSlot(tx, row.practitionerId as PractitionerId, row.startsAt as Instant);
    if (search.kind === 'none') return search.why;
    return search.found.slot.to === spanOf(row).to ? undefined : 'off_grid';
  },
};

/** The time of an appointment that has one. */
export function spanOf(row: Pick<AppointmentRow, 'startsAt' | 'endsAt'>): Span {
  return { from: toMinute((row.startsAt ?? '') as Instant), to: toMinute((row.endsAt ?? '') as Instant) };
}

function toError({ resource, claims }: Refusal, leadId: string, wasHeld: boolean): DomainError {
  if (resource.kind === 'practitioner' && resource.id === leadId) {
    if (wasHeld) return new DomainError('hold.expired');
    return new DomainError(claims.some(({ holderKind }) => holderKind === 'appointment') ? 'slot.taken' : 'slot.held');
  }
  const path = resource.kind === 'practitioner' ? `practitionerId:${resource.id}` : `${resource.kind}Id`;
  return new DomainError('appointment.person_busy', { fields: [{ path, code: 'taken' }] });
}
