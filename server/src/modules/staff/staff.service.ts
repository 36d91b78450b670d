import type { PractitionerId, SpecialtyCode, UserId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { standingOn } from '@jaqyn/shared/staff/licence';
import type { Availability, OnCallShift, Specialty } from '@jaqyn/shared/staff/staff.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { licenceRepository } from './licence.repository.ts';
import { type OnCallPractitioner, staffRepository } from './staff.repository.ts';

export type { OnCallPractitioner } from './staff.repository.ts';

/** Whether a user has a live socket; the socket server knows. */
export interface Presence {
  isOnline(userId: UserId): boolean;
}

const MAX_SPAN_MS = 31 * 86_400_000;

export class StaffService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #presence: Presence;

  constructor({ store, clock, presence }: { store: Store; clock: Clock; presence: Presence }) {
    this.#store = store;
    this.#clock = clock;
    this.#presence = presence;
  }

  async listSpecialties(): Promise<Specialty[]> {
    const at = this.#clock.instant();
    const { specialties, onCall, inCall } = await this.#store.read(async (tx) => ({
      specialties: await staffRepository.listSpecialties(tx),
      onCall: await staffRepository.listOnCall(tx, at),
      inCall: await staffRepository.listInCall(tx),
    }));
    return specialties.map((specialty) => {
      const mine = onCall.filter((practitioner) => practitioner.specialty === specialty.code);
      return {
        ...specialty,
        onCallNow: mine.length,
        reachableNow: mine.filter(
          ({ userId, practitionerId }) => this.#presence.isOnline(userId) && !inCall.has(practitionerId),
        ).length,
      };
    });
  }

  /** Throws `request.invalid` past 31 days or for a span that runs backwards. */
  async listShifts(from: Instant, to: Instant): Promise<OnCallShift[]> {
    const span = Date.parse(to) - Date.parse(from);
    if (!(span > 0 && span <= MAX_SPAN_MS)) {
      throw new DomainError('request.invalid', { fields: [{ path: 'to', code: 'out_of_range' }] });
    }
    return this.#store.read((tx) => staffRepository.listShifts(tx, from, to));
  }

  async getAvailability(actor: Actor): Promise<Availability> {
    const { practitionerId } = actor;
    if (practitionerId === null) throw new DomainError('practitioner.not_found');
    const at = this.#clock.instant();
    return this.#store.read(async (tx) => {
      const found = await staffRepository.findAvailability(tx, practitionerId, at);
      if (found === undefined) throw new DomainError('practitioner.not_found');
      const { isAvailable, onCallUntil } = found;
      const licence = standingOn(await licenceRepository.list(tx, practitionerId), localDate(at));
      return { isAvailable, isOnCall: onCallUntil !== null, onCallUntil, licence };
    });
  }

  async setAvailability(actor: Actor, isAvailable: boolean): Promise<Availability> {
    const { practitionerId } = actor;
    if (practitionerId === null) throw new DomainError('practitioner.not_found');
    const at = this.#clock.instant();
    await this.#store.transaction(async (tx) => {
      await staffRepository.setAvailable(tx, practitionerId, isAvailable);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'practitioner.set_availability',
        entityType: 'practitioner',
        entityId: practitionerId,
        detail: { isAvailable },
      });
    });
    return this.getAvailability(actor);
  }

  /** For a unit of work of another module: who is on call for a specialty at an instant, lowest rank first. */
  listOnCall(tx: Tx, at: Instant, specialty: SpecialtyCode): Promise<OnCallPractitioner[]> {
    return staffRepository.listOnCall(tx, at, specialty);
  }

  /** For a unit of work of another module: the names of all specialties. */
  async listSpecialtyNames(tx: Tx): Promise<Map<SpecialtyCode, Specialty['name']>> {
    return new Map((await staffRepository.listSpecialties(tx)).map(({ code, name }) => [code, name]));
  }

  /** For a unit of work of another module: who is in a call at this moment. */
  listInCall(tx: Tx): Promise<Set<PractitionerId>> {
    return staffRepository.listInCall(tx);
  }

  /** For a unit of work of the rosters, which are where shifts come from: takes some away and adds others. */
  async replaceShifts(
    tx: Tx,
    practitionerId: PractitionerId,
    change: { remove: readonly Instant[]; add: readonly Omit<OnCallShift, 'displayName' | 'practitionerId'>[] },
  ): Promise<void> {
    await staffRepository.removeShifts(tx, practitionerId, change.remove);
    await staffRepository.addShifts(
      tx,
      change.add.map((shift) => ({ ...shift, practitionerId })),
    );
  }

  /** Throws `specialty.not_found`. */
  async assertSpecialty(tx: Tx, code: SpecialtyCode): Promise<void> {
    if (!(await staffRepository.hasSpecialty(tx, code))) throw new DomainError('specialty.not_found');
  }
}
