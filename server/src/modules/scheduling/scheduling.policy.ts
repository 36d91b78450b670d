import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import type { Actor } from '../../kernel/actor.ts';

/** What the policy needs to know of an appointment or of the request it is for. */
export interface AppointmentFacts {
  readonly stationId: string;
  /** Oblast of the station; null: none is entered. */
  readonly region: string | null;
  /** Lead and members; nobody on the waitlist. */
  readonly practitionerIds: readonly string[];
}

/**
 * `place`: put it somewhere, move it, cancel it, answer an offer. `coordinate`: what only a coordinator decides. `prepare`: what
 * happens at the station before the call. `start`: begin it. `miss`: say that they did not meet.
 */
export type AppointmentAction = 'read' | 'place' | 'coordinate' | 'prepare' | 'start' | 'miss';

/** Default deny; the answer to "no" is the same as to a missing id. `myRegion`: the oblast a coordinator acts for, undefined: all. */
export function mayActOn(
  actor: Actor,
  action: AppointmentAction,
  facts: AppointmentFacts,
  myRegion: string | undefined,
): boolean {
  const isStation = actor.role === 'feldsher' && actor.stationId !== null && actor.stationId === facts.stationId;
  const isSpecialist =
    actor.role === 'specialist' &&
    actor.practitionerId !== null &&
    facts.practitionerIds.includes(actor.practitionerId);
  const isCoordinator = actor.role === 'coordinator' && (myRegion === undefined || myRegion === facts.region);
  switch (action) {
    case 'read':
    case 'miss':
      return isStation || isSpecialist || isCoordinator;
    case 'place':
      return isStation || isCoordinator;
    case 'coordinate':
      return isCoordinator;
    case 'prepare':
      return isStation;
    case 'start':
      return isStation || isSpecialist;
    default:
      return assertUnreachable(action);
  }
}

/** Whether the actor may change a specialist's roster. A specialist of the whole country belongs to coordinators of the whole country. */
export function mayRoster(
  actor: Actor,
  practitioner: { region: string | null },
  myRegion: string | undefined,
): boolean {
  return actor.role === 'coordinator' && (myRegion === undefined || myRegion === practitioner.region);
}

/** Whether the actor may see a specialist's roster: their own, or as a coordinator anybody's, also to book in another oblast. */
export function maySeeRoster(actor: Actor, practitionerId: string): boolean {
  return actor.role === 'coordinator' || actor.role === 'admin' || actor.practitionerId === practitionerId;
}
