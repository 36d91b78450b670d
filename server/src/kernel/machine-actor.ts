import type { Actor } from './actor.ts';

type MachineActor = 'station' | 'specialist' | 'coordinator' | 'system';

/** The part an actor plays in a machine of states, undefined for none; null is the system's own clocks. */
export function machineActor(actor: Actor | null): MachineActor | undefined {
  if (actor === null) return 'system';
  switch (actor.role) {
    case 'feldsher':
      return 'station';
    case 'specialist':
    case 'coordinator':
      return actor.role;
    case 'admin':
    case 'analyst':
      return undefined;
  }
}
