import * as z from 'zod/mini';
import { Language } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { ConfirmationId, RequestId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';

/**
 * `pressed`: the patient pressed on the station's screen themselves. `spoken`: they said it, and the station's worker pressed. Both
 * stand on the word of whoever is signed in at the station; a record of it says so.
 */
export const CONFIRMATION_METHODS = ['pressed', 'spoken'] as const;
export const CONFIRMATION_PEOPLE = ['patient', 'representative'] as const;

const given = {
  /** Whether a specialist consulted them, as they see it. */
  answer: z.enum(['yes', 'no']),
  method: z.enum(CONFIRMATION_METHODS),
  by: z.enum(CONFIRMATION_PEOPLE),
  /** In which they were asked. */
  language: Language,
};

/** What a patient says of their consult after it: asked once the conclusion was signed, never needed. */
export const PatientConfirmation = z.object({
  id: ConfirmationId,
  ...given,
  recordedAt: Instant,
  /** Who was signed in at the station. */
  recordedByName: z.string(),
});
export type PatientConfirmation = z.infer<typeof PatientConfirmation>;

export const getPatientConfirmation = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/patient-confirmation',
  summary: 'What the patient said of the consult last; null when nobody asked',
  params: z.object({ requestId: RequestId }),
  response: z.object({ confirmation: z.nullable(PatientConfirmation) }),
});

export const confirmAsPatient = endpoint({
  method: 'PUT',
  path: '/api/consultations/:requestId/patient-confirmations/:confirmationId',
  summary:
    'Record what the patient says of the signed consult; nothing is changed, the latest counts; repeating it with the same id has one effect',
  params: z.object({ requestId: RequestId, confirmationId: ConfirmationId }),
  body: z.object(given),
  response: PatientConfirmation,
});
