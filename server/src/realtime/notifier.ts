import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId, SpecialtyCode, StationId, UserId } from '@jaqyn/shared/kernel/ids';
import { liveNotifications, type NotificationData, type NotificationName } from '@jaqyn/shared/signalling/events';
import type { Actor } from '../kernel/actor.ts';

/** Whose sockets. */
export type Target =
  | { readonly sessionId: string }
  | { readonly userId: UserId }
  | { readonly stationId: StationId }
  | { readonly practitionerId: PractitionerId }
  | { readonly specialty: SpecialtyCode }
  | { readonly role: Role };

export interface Notifier {
  /**
   * Tells every socket of the targets, each once. Not stored: who is away asks over HTTP when back.
   * Throws when `data` is not what the table says; what the table does not name is left out.
   */
  notify<Name extends NotificationName>(targets: readonly Target[], name: Name, data: NotificationData<Name>): void;
}

/** The notification as it may leave the server. */
export function parseNotification<Name extends NotificationName>(
  name: Name,
  data: NotificationData<Name>,
): NotificationData<Name> {
  return liveNotifications[name].parse(data) as NotificationData<Name>;
}

/** Name of a target's group of sockets. */
export function groupOf(target: Target): string {
  const [[key, value] = ['', '']] = Object.entries(target);
  return `${key}:${value}`;
}

/** Groups a socket of this actor listens in. */
export function groupsOf(actor: Actor): string[] {
  const targets: Target[] = [{ sessionId: actor.sessionId }, { userId: actor.userId }, { role: actor.role }];
  if (actor.stationId !== null) targets.push({ stationId: actor.stationId });
  if (actor.practitionerId !== null) targets.push({ practitionerId: actor.practitionerId });
  if (actor.specialty !== null) targets.push({ specialty: actor.specialty });
  return targets.map(groupOf);
}
