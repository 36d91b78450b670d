import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { World } from './world.ts';

export const MISSING = '019aa6b0-9c1e-7d3a-8f00-0123456789ab';

/** Somebody asking about one request of the world's station. Who answered, when somebody has, is `specialist`. */
export const PEOPLE = {
  'feldsher of the station': 'feldsher',
  'feldsher of another station': 'feldsher',
  'the specialist': 'specialist',
  'specialist it rings at': 'specialist',
  'specialist it rang at': 'specialist',
  'specialist of the specialty': 'specialist',
  'specialist of another': 'specialist',
  coordinator: 'coordinator',
  admin: 'admin',
  analyst: 'analyst',
} as const satisfies Record<string, Role>;
export type Person = keyof typeof PEOPLE;

export interface Case {
  readonly state: ConsultationState;
  readonly isAnswered: boolean;
}

/** Ids that a route may be about: of something there is, or each of them missing. */
export interface Ids {
  readonly requestId: string;
  readonly patientId: string;
  /** An appointment of the request, with `cardio`. */
  readonly appointmentId: string;
  readonly practitionerId: string;
  readonly stationId: string;
}

export const NO_IDS: Ids = {
  requestId: MISSING,
  patientId: MISSING,
  appointmentId: MISSING,
  practitionerId: MISSING,
  stationId: MISSING,
};

export interface Row {
  /** By hand, a second time: what the route declares must equal it. */
  readonly access: 'public' | 'signed_in' | readonly Role[];
  readonly payload?: (world: World, ids: Ids) => object;
  readonly query?: (world: World, ids: Ids) => Readonly<Record<string, string>>;
  /** What stands in the path for names that are no id. */
  readonly params?: Readonly<Record<string, string>>;
  /** For routes about one request, patient, appointment, specialist or station: who may know that it is there. */
  readonly seenBy?: (scene: Case) => readonly Person[];
  /** A list, empty for a foreign and a missing one alike. */
  readonly isList?: boolean;
  /** Names in its path, but of nothing that is somebody's. */
  readonly isAboutNobody?: boolean;
}
