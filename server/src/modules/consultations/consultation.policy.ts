import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import {
  isIn,
  RINGING_STATES,
  ROOM_STATES,
  STATION_ROOM_STATES,
} from '@jaqyn/shared/consultations/consultation.machine';
import type { ParticipantType } from '@jaqyn/shared/consultations/participant.contract';
import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import type { Actor } from '../../kernel/actor.ts';

/** What the policy needs to know of a loaded row. */
export interface ConsultationFacts {
  readonly status: ConsultationState;
  readonly stationId: string;
  readonly specialty: string;
  /** Nobody waits at the other end. */
  readonly isPlanned: boolean;
  /** Who answered; access follows the request, not the latest form. */
  readonly practitionerId: string | null;
  /** Practitioners whose devices ring for it now. */
  readonly ringingPractitionerIds: readonly string[];
  /** As what the actor was asked into the call; null: not. */
  readonly participation: ParticipantType | null;
}

export type ConsultationAction =
  | 'read'
  | 'answer'
  | 'decline'
  | 'act_as_station'
  | 'cancel'
  | 'add_observations'
  | 'end_call'
  | 'write_conclusion'
  | 'read_signed_conclusion'
  | 'read_evidence'
  | 'triage'
  | 'turn'
  | 'join_room'
  | 'chat'
  | 'invite'
  | 'send_out'
  | 'note_consent';

/** A call that people may be asked into is on: the time before and after is of those who have the request. */
const CALL_STATES = ['in_call', 'interrupted'] as const;

/**
 * Default deny. One place says what an actor may do with one request; the answer to "no" is the same as to a missing id.
 */
export function mayDo(actor: Actor, action: ConsultationAction, facts: ConsultationFacts): boolean {
  const isStation = actor.role === 'feldsher' && actor.stationId !== null && actor.stationId === facts.stationId;
  const isSpecialist = actor.role === 'specialist' && actor.practitionerId !== null;
  const isTheSpecialist = isSpecialist && actor.practitionerId === facts.practitionerId;
  const isRung = isSpecialist && facts.ringingPractitionerIds.includes(actor.practitionerId ?? '');
  // Nobody answered: any specialist of the specialty may take it from the list. What is to be planned is nobody's yet.
  const mayTake =
    isSpecialist && facts.status === 'in_triage' && !facts.isPlanned && actor.specialty === facts.specialty;
  const isCoordinator = actor.role === 'coordinator';
  const isAsked = facts.participation !== null && isIn(facts.status, CALL_STATES);
  // Who advises on a patient sees the card; who interprets or observes hears what is said.
  const isConsultant = isAsked && isSpecialist && facts.participation === 'consultant';

  switch (action) {
    case 'read':
      return isStation || isTheSpecialist || isRung || mayTake || isCoordinator || isConsultant;
    case 'answer':
      return isRung || mayTake || isTheSpecialist;
    case 'decline':
      return isRung && isIn(facts.status, RINGING_STATES);
    case 'act_as_station':
      return isStation;
    case 'cancel':
      return isStation || isCoordinator;
    case 'add_observations':
      return isStation || isTheSpecialist;
    case 'end_call':
    case 'write_conclusion':
      return isTheSpecialist;
    case 'read_signed_conclusion':
      return isStation || isTheSpecialist || isCoordinator;
    case 'read_evidence':
      return isTheSpecialist || isCoordinator || actor.role === 'admin';
    case 'triage':
      return isCoordinator || mayTake || (isTheSpecialist && isIn(facts.status, ['async_assigned', 'info_requested']));
    case 'turn':
      return isStation || isTheSpecialist || isCoordinator;
    case 'join_room':
      return (
        (isStation && isIn(facts.status, STATION_ROOM_STATES)) ||
        (isTheSpecialist && isIn(facts.status, ROOM_STATES)) ||
        isAsked
      );
    case 'chat':
      return isStation || isTheSpecialist || isConsultant;
    case 'invite':
      return isTheSpecialist || isCoordinator;
    case 'send_out':
      return isTheSpecialist || isCoordinator || isStation;
    case 'note_consent':
      return isStation || isTheSpecialist;
    default:
      return assertUnreachable(action);
  }
}
