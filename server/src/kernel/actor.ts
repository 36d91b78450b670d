import type { Language, Role } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId, SpecialtyCode, StationId, UserId } from '@jaqyn/shared/kernel/ids';

/** Who is asking, loaded from the session on every request and every socket event. */
export interface Actor {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly sessionExpiresAt: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly language: Language;
  /** The station a feldsher works at. */
  readonly stationId: StationId | null;
  readonly practitionerId: PractitionerId | null;
  readonly specialty: SpecialtyCode | null;
}
