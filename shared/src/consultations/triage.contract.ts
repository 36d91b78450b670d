import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { InformationRequestId, PractitionerId, RequestId, SpecialtyCode } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { RegionCode } from '../scheduling/region.ts';
import { Consultation } from './consultation.contract.ts';
import { Vitals } from './vitals.ts';

const params = z.object({ requestId: RequestId });
/** The version the decision was made on; moved on meanwhile, it is refused with who did what. */
const baseVersion = z.number().check(z.int(), z.minimum(1));

/** A decision may be taken back by its maker for this long, when nothing has happened since. */
export const UNDO_SECONDS = 10;

/** Why a request is declined; each says what the station does next (client/src/features/consultations/triage-words.ts). */
export const TriageDeclineReason = z.enum([
  'not_indicated',
  'in_person_needed',
  'emergency_103',
  'duplicate',
  'incomplete',
  'other',
]);
export type TriageDeclineReason = z.infer<typeof TriageDeclineReason>;

export const RedirectReason = z.enum(['wrong_specialty', 'nobody_available', 'other_region', 'other']);
export type RedirectReason = z.infer<typeof RedirectReason>;

/** Who could take a request, for the one who sorts it. */
export const TriageCandidate = z.object({
  id: PractitionerId,
  displayName: z.string(),
  organizationName: LocalText,
  isOnCall: z.boolean(),
  isReachable: z.boolean(),
  isInCall: z.boolean(),
  /** Answers in writing that wait at theirs. */
  writtenCases: z.number(),
});
export type TriageCandidate = z.infer<typeof TriageCandidate>;

export const listTriageCandidates = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/candidates',
  summary: 'Specialists of the request’s specialty with how they stand now, the nearest to an answer first',
  params,
  response: z.object({ candidates: z.array(TriageCandidate) }),
});

export const acceptInTriage = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/triage/accept',
  summary:
    'Accept a request: call a specialist now, have it booked, or give it to a specialist for an answer in writing',
  params,
  body: z.object({
    baseVersion,
    how: z.enum(['now', 'booked', 'written']),
    /** Who is called first, or answers in writing; for `booked` whoever the time is found with. Null: the ladder decides. */
    practitionerId: z.nullable(PractitionerId),
  }),
  response: Consultation,
});

export const askStation = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/triage/ask',
  summary: 'Ask the station for more; the waiting clock stops until it has answered',
  params,
  body: z.object({ baseVersion, id: InformationRequestId, question: requiredText(1000) }),
  response: Consultation,
});

export const answerStationQuestion = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/questions/:questionId/answer',
  summary: 'The station answers a question; the request goes back where it was asked; repeating it has one effect',
  params: z.extend(params, { questionId: InformationRequestId }),
  body: z.object({ answer: requiredText(4000), vitals: z._default(Vitals, {}) }),
  response: Consultation,
});

export const declineInTriage = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/triage/decline',
  summary: 'Decline a request with a reason; the station is told what to do next',
  params,
  body: z.object({ baseVersion, reason: TriageDeclineReason, note: z._default(freeText(1000), '') }),
  response: Consultation,
});

export const redirectInTriage = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/triage/redirect',
  summary: 'Send a request to another specialty or region, with a reason',
  params,
  body: z.object({
    baseVersion,
    specialty: SpecialtyCode,
    /** Null: where the station is. */
    region: z.nullable(RegionCode),
    reason: RedirectReason,
    note: z._default(freeText(1000), ''),
  }),
  response: Consultation,
});

export const undoTriage = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/triage/undo',
  summary: 'Take back one’s own last decision, seconds after it and before anybody acted on it',
  params,
  response: Consultation,
});

/** What becomes of a call that broke off, or of a case that is to be answered in writing. */
export const turnConsultation = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/turn',
  summary: 'Turn a broken-off call or a written case into a call, an answer in writing, a booking, or give it back',
  params,
  body: z.object({ into: z.enum(['call', 'written', 'booking', 'triage']), note: z._default(freeText(500), '') }),
  response: Consultation,
});
