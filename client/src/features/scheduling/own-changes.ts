import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { createStore } from '../../lib/store.ts';

/** Appointments as this page itself left them: nobody needs to be told of their own changes, but of what others do to them later. */
export const ownChanges = createStore<ReadonlyMap<string, Appointment>>(new Map());

export function noteOwnChange(appointments: readonly Appointment[]): void {
  const next = new Map(ownChanges.get());
  for (const appointment of appointments) next.set(appointment.id, appointment);
  ownChanges.set(next);
}

/** Versions that this page made itself. */
export const ownVersions = {
  get: (): ReadonlyMap<string, number> => new Map([...ownChanges.get()].map(([id, { version }]) => [id, version])),
};
