import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { createStore } from '../../lib/store.ts';

/** Versions this page made itself: nobody needs to be told of their own changes. */
const versions = createStore<ReadonlyMap<string, number>>(new Map());

export function noteOwnChange(appointments: readonly Pick<Appointment, 'id' | 'version'>[]): void {
  const next = new Map(versions.get());
  for (const { id, version } of appointments) next.set(id, version);
  versions.set(next);
}

export const ownVersions = versions;
