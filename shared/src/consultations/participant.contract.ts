/** Who takes part in the call of a consultation besides its station and its specialist. */
import * as z from 'zod/mini';
import { LocalText, Role } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { ParticipantId, RequestId, SpecialtyCode, UserId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';

/** A further specialist (FHIR Encounter.participant.type CON), an interpreter (translator), a silent observer (PART). */
export const PARTICIPANT_TYPES = ['consultant', 'interpreter', 'observer'] as const;
export const ParticipantType = z.enum(PARTICIPANT_TYPES);
export type ParticipantType = z.infer<typeof ParticipantType>;

/**
 * Whom the patient is told of by name and agrees to before they come in. A further specialist treats the patient, by the same duty as the
 * one they came to; whoever else hears of an illness is agreed to.
 */
export function needsConsent(type: ParticipantType): boolean {
  return type !== 'consultant';
}

/** With a part in one call at once. The room holds fewer: not everybody who is asked comes. */
export const MAX_PARTICIPANTS = 8;

export const Participant = z.object({
  id: ParticipantId,
  userId: UserId,
  displayName: z.string(),
  type: ParticipantType,
  /** Null: by the appointment, as a member of its consilium. */
  invitedBy: z.nullable(z.string()),
  invitedAt: Instant,
  /** The patient agreed: who asked, and when. An interpreter and an observer cannot come in without. */
  consent: z.nullable(z.object({ askedBy: z.string(), at: Instant })),
});
export type Participant = z.infer<typeof Participant>;

/** Somebody who can be asked in. */
export const Invitable = z.object({
  userId: UserId,
  displayName: z.string(),
  role: Role,
  specialty: z.nullable(SpecialtyCode),
  /** Where they work; null for those who work nowhere in particular. */
  place: z.nullable(LocalText),
  isOnline: z.boolean(),
});
export type Invitable = z.infer<typeof Invitable>;

/** What somebody who is asked in needs to know before they come. Nothing of the patient. */
export const Invitation = z.object({
  id: ParticipantId,
  requestId: RequestId,
  number: z.string(),
  type: ParticipantType,
  stationName: LocalText,
  specialistName: z.nullable(z.string()),
  invitedBy: z.nullable(z.string()),
  invitedAt: Instant,
  /** The call goes on. */
  isOpen: z.boolean(),
  /** An interpreter or observer whom the patient has not agreed to yet. */
  waitsForConsent: z.boolean(),
});
export type Invitation = z.infer<typeof Invitation>;

const params = z.object({ requestId: RequestId });
const one = z.object({ requestId: RequestId, participantId: ParticipantId });
const participants = z.object({ participants: z.array(Participant) });

export const listParticipants = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/participants',
  summary: 'Who is asked into the call besides its station and its specialist',
  params,
  response: participants,
});

export const listInvitable = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/invitable',
  summary: 'People who can be asked in, by part of their name; those who are online first',
  params,
  query: z.object({ type: ParticipantType, q: z._default(z.string().check(z.maxLength(80)), '') }),
  response: z.object({
    people: z.array(Invitable).check(z.maxLength(20)),
    /** How many of that name there are. */
    total: z.number(),
  }),
});

export const inviteParticipant = endpoint({
  method: 'PUT',
  path: '/api/consultations/:requestId/participants/:participantId',
  summary: 'Ask somebody into the call; the id is made by the caller, and the same again has one effect',
  params: one,
  body: z.object({ userId: UserId, type: ParticipantType }),
  response: participants,
});

export const noteParticipantConsent = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/participants/:participantId/consent',
  summary: 'The patient was asked and agrees to this interpreter or observer; again is harmless',
  params: one,
  response: participants,
});

export const removeParticipant = endpoint({
  method: 'DELETE',
  path: '/api/consultations/:requestId/participants/:participantId',
  summary:
    'Not in the call any more: their media end at once. A station may send out whom the patient agreed to. Again is harmless',
  params: one,
  response: participants,
});

export const listInvitations = endpoint({
  method: 'GET',
  path: '/api/invitations',
  summary: 'Calls that I am asked into, newest first',
  response: z.object({ invitations: z.array(Invitation) }),
});
