import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import {
  MessageId,
  ObservationSetId,
  PatientId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
  UserId,
} from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { Instant } from '../kernel/time.ts';
import { Patient } from '../patients/patient.contract.ts';
import { RegionCode } from '../scheduling/region.ts';
import { IcdCode } from '../terminologies/terminology.contract.ts';
import { CONSULTATION_STATES } from './consultation.machine.ts';
import { CallRung, StationQuestion, TriageDecision, WaitingClock } from './progress.contract.ts';
import { RequestCard, RequestCardInput } from './request-card.contract.ts';
import { Urgency } from './urgency.ts';
import { Vitals } from './vitals.ts';

export { URGENCIES, Urgency } from './urgency.ts';

/** Who is being called at this moment, so that the feldsher sees it live. */
export const Ring = z.object({
  rank: z.number(),
  startedAt: Instant,
  practitioners: z.array(z.object({ id: PractitionerId, displayName: z.string(), isReachable: z.boolean() })),
});
export type Ring = z.infer<typeof Ring>;

/** A measurement set as stored: FHIR Observations taken together. */
export const ObservationSet = z.object({ takenAt: Instant, takenBy: z.string(), vitals: Vitals });
export type ObservationSet = z.infer<typeof ObservationSet>;

/** FHIR ServiceRequest with what its screens need. */
export const Consultation = z.object({
  id: RequestId,
  /** Human number, unique: `2026-000123`. */
  number: z.string(),
  status: z.enum(CONSULTATION_STATES),
  /** Counts every change; a client that holds an older one reloads. */
  version: z.number(),
  urgency: Urgency,
  specialty: SpecialtyCode,
  /** Why the specialist is asked. */
  reason: z.string(),
  /** ICD-10, the station's own guess. */
  preliminaryCode: z.optional(IcdCode),
  /** Complaints, anamnesis, danger signs, consent, completeness; absent in requests from before there was one. */
  card: z.optional(RequestCard),
  /** Asked for a time to come: nobody was called, it waits to be booked. */
  isPlanned: z.boolean(),
  /** An answer in writing is asked for: nobody is called. */
  isWritten: z.boolean(),
  /** The region it was sent to; null: where the station is. */
  region: z.nullable(RegionCode),
  /** Null only in an emergency, until the card is completed. */
  patient: z.nullable(Patient),
  station: z.object({ id: StationId, name: LocalText, settlement: LocalText, phone: z.string() }),
  requestedBy: z.object({ userId: UserId, displayName: z.string() }),
  specialist: z.nullable(z.object({ id: PractitionerId, displayName: z.string(), organizationName: LocalText })),
  observations: z.array(ObservationSet),
  ring: z.nullable(Ring),
  /** The rungs of the last call, from the bottom up; empty when none was made. In a list without the rungs ahead. */
  rungs: z.array(CallRung),
  /** Null while they talk and when it is over. */
  waiting: z.nullable(WaitingClock),
  /** Oldest first. */
  questions: z.array(StationQuestion),
  decision: z.nullable(TriageDecision),
  createdAt: Instant,
  statusChangedAt: Instant,
  answeredAt: z.nullable(Instant),
  endedAt: z.nullable(Instant),
  conclusion: z.nullable(
    z.object({ status: z.enum(['preliminary', 'final', 'amended']), signedAt: z.nullable(Instant) }),
  ),
});
export type Consultation = z.infer<typeof Consultation>;

const params = z.object({ requestId: RequestId });

export const createConsultation = endpoint({
  method: 'POST',
  path: '/api/consultations',
  summary: 'Call a specialist now: stores the request and rings; repeating it with the same id has one effect',
  body: z.object({
    id: RequestId,
    /** Null is allowed only with urgency `stat`. */
    patientId: z.nullable(PatientId),
    specialty: SpecialtyCode,
    urgency: Urgency,
    reason: requiredText(2000),
    preliminaryCode: z.optional(IcdCode),
    vitals: Vitals,
    card: z.optional(RequestCardInput),
  }),
  response: Consultation,
});

/** Urgencies of what can be planned: an emergency is called. */
export const PLANNED_URGENCIES = ['routine', 'urgent', 'asap'] as const;

export const createPlannedConsultation = endpoint({
  method: 'POST',
  path: '/api/planned-consultations',
  summary:
    'Ask for a consult to be booked, or for an answer in writing: stores the request for triage and rings nowhere; repeating it with the same id has one effect',
  body: z.object({
    id: RequestId,
    patientId: PatientId,
    specialty: SpecialtyCode,
    urgency: z.enum(PLANNED_URGENCIES),
    reason: requiredText(2000),
    preliminaryCode: z.optional(IcdCode),
    vitals: z._default(Vitals, {}),
    /** An answer in writing is asked for, not a time. */
    isWritten: z._default(z.boolean(), false),
    card: z.optional(RequestCardInput),
  }),
  response: Consultation,
});

/**
 * `open`: somebody still has to act. `to_sort`: of these what waits for a decision of triage, or for the station's answer to a question
 * of it, however much else is open. `recent`: newest first, whatever state. `unread`: signed, not yet read at the station.
 * `unsigned`: a conclusion or an amendment is written and not signed; for its specialist alone.
 */
export const ConsultationView = z.enum(['open', 'to_sort', 'recent', 'unread', 'unsigned']);

/** A place in a list, made by the server: whoever wants what comes after it gives it back as it is. */
export const ListPlace = z.string().check(z.regex(/^\d \d{4}-\S{15,25}Z \S{36}$/));
export type ListPlace = z.infer<typeof ListPlace>;

export const listConsultations = endpoint({
  method: 'GET',
  path: '/api/consultations',
  summary: 'The caller’s list: a station’s own, a specialist’s worklist (urgent first), all of them for a coordinator',
  query: z.object({
    view: z._default(ConsultationView, 'open'),
    patientId: z.optional(PatientId),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
    /** `next` of the page before. */
    after: z.optional(ListPlace),
  }),
  response: z.object({
    consultations: z.array(Consultation),
    /** The place to go on from; null when this is all. */
    next: z.nullable(ListPlace),
    /** How many the whole list has; null where it goes on too far to be counted, as `recent` does. */
    total: z.nullable(z.int()),
  }),
});

export const getConsultation = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId',
  summary: 'One consultation',
  params,
  response: Consultation,
});

export const acceptCall = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/accept',
  summary: 'Answer the ringing call; the first to answer has it',
  params,
  response: Consultation,
});

/** Chosen from a list, with words when the list does not say it. */
export const DeclineReason = z.enum(['busy', 'not_my_specialty', 'technical', 'other']);
export type DeclineReason = z.infer<typeof DeclineReason>;

export const declineCall = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/decline',
  summary: 'Decline the ringing call; the next on call rings',
  params,
  body: z.object({ reason: DeclineReason, note: z._default(freeText(500), '') }),
  response: z.object({ declined: z.literal(true) }),
});

export const callAgain = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/call-again',
  summary: 'Ring again after nobody answered',
  params,
  response: Consultation,
});

export const cancelConsultation = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/cancel',
  summary: 'Cancel with a reason; stops the ringing everywhere',
  params,
  body: z.object({ reason: requiredText(500) }),
  response: Consultation,
});

export const endCall = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/end-call',
  summary: 'The specialist ends the call; the request stays open for the conclusion',
  params,
  response: Consultation,
});

export const addObservations = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/observations',
  summary: 'Add a set of vital signs while waiting or in the call; repeating it with the same id has one effect',
  params,
  body: z.object({ id: z.optional(ObservationSetId), vitals: Vitals }),
  response: Consultation,
});

export const setConsultationPatient = endpoint({
  method: 'PUT',
  path: '/api/consultations/:requestId/patient',
  summary: 'Complete an emergency request with its patient',
  params,
  body: z.object({ patientId: PatientId }),
  response: Consultation,
});

export const saveRequestCard = endpoint({
  method: 'PUT',
  path: '/api/consultations/:requestId/card',
  summary: 'Complete the card while waiting, in the call or after it; refused when somebody saved meanwhile',
  params,
  body: z.object({
    /** 0 for a request from before there were cards. */
    baseVersion: z.number().check(z.int(), z.minimum(0)),
    card: RequestCardInput,
    preliminaryCode: z.optional(IcdCode),
  }),
  response: Consultation,
});

/** FHIR Observations of one patient over all requests, oldest first. */
export const listPatientObservations = endpoint({
  method: 'GET',
  path: '/api/patients/:patientId/observations',
  summary: 'The newest sets of vital signs of a patient, oldest first, for the plots over time',
  params: z.object({ patientId: PatientId }),
  response: z.object({
    observations: z.array(ObservationSet),
    /** Older ones are left out. */
    hasEarlier: z.boolean(),
  }),
});

/** The station opened the signed conclusion: delivered. */
export const receiveConclusion = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/receive',
  summary: 'The station has opened the signed conclusion',
  params,
  response: Consultation,
});

/** FHIR Communication. `seq` orders a consultation's messages and tells a returning client what it missed. */
export const ChatMessage = z.object({
  id: MessageId,
  requestId: RequestId,
  seq: z.number(),
  author: z.object({ userId: UserId, displayName: z.string() }),
  text: z.string(),
  sentAt: Instant,
});
export type ChatMessage = z.infer<typeof ChatMessage>;
export const ChatText = requiredText(4000);

export const listMessages = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/messages',
  summary: 'Chat messages after `afterSeq`, oldest first',
  params,
  query: z.object({ afterSeq: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0) }),
  response: z.object({ messages: z.array(ChatMessage) }),
});

/** One step of the consultation's life, from the audit log, without clinical text. */
export const TimelineEntry = z.object({
  at: Instant,
  action: z.string(),
  actorName: z.nullable(z.string()),
  toStatus: z.nullable(z.enum(CONSULTATION_STATES)),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const getTimeline = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/timeline',
  summary: 'Who did what and when',
  params,
  response: z.object({ entries: z.array(TimelineEntry) }),
});
