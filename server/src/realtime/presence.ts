import type { PractitionerId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Actor } from '../kernel/actor.ts';

/** Who has a live socket at this moment. */
export class Presence {
  readonly #users = new Map<string, number>();
  readonly #practitioners = new Map<string, number>();
  readonly #listeners = new Set<(actor: Actor, isOnline: boolean) => void>();

  isUserOnline(userId: UserId): boolean {
    return this.#users.has(userId);
  }

  isPractitionerOnline(practitionerId: PractitionerId): boolean {
    return this.#practitioners.has(practitionerId);
  }

  socketsOfUser(userId: UserId): number {
    return this.#users.get(userId) ?? 0;
  }

  /** Called when a user's first socket comes and when the last one goes. */
  onChange(listener: (actor: Actor, isOnline: boolean) => void): void {
    this.#listeners.add(listener);
  }

  add(actor: Actor): void {
    const isFirst = change(this.#users, actor.userId, 1) === 1;
    if (actor.practitionerId !== null) change(this.#practitioners, actor.practitionerId, 1);
    if (isFirst) for (const listener of this.#listeners) listener(actor, true);
  }

  remove(actor: Actor): void {
    const isLast = change(this.#users, actor.userId, -1) === 0;
    if (actor.practitionerId !== null) change(this.#practitioners, actor.practitionerId, -1);
    if (isLast) for (const listener of this.#listeners) listener(actor, false);
  }
}

function change(counts: Map<string, number>, key: string, by: 1 | -1): number {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
  return count;
}
