import type { createConsultation, createPlannedConsultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestCardInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import { ICD_CODE, tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import type { RequestDraft } from './request-draft.ts';
import { readVitals } from './vitals-entry.ts';

export type RequestPart = 'patient' | 'specialty' | 'urgency' | 'reason' | 'vitals';

/** What stands between the draft and the call. Vitals may be empty, but a typing error in them is not sent. */
export function missingOfRequest(draft: RequestDraft): RequestPart[] {
  const missing: RequestPart[] = [];
  // In an emergency the patient may follow.
  if (draft.patientId === null && draft.urgency !== 'stat') missing.push('patient');
  if (draft.specialty === null) missing.push('specialty');
  if (draft.urgency === null) missing.push('urgency');
  if (draft.reason.trim() === '') missing.push('reason');
  if (readVitals(draft.vitals).impossible.length > 0) missing.push('vitals');
  return missing;
}

/** What is sent; undefined while something is missing. */
export function toRequest(
  draft: RequestDraft,
  card?: RequestCardInput,
): EndpointCall<typeof createConsultation>['body'] | undefined {
  const { id, patientId, specialty, urgency, reason } = draft;
  if (missingOfRequest(draft).length > 0 || specialty === null || urgency === null) return undefined;
  // Half a code, or words to search by, are no code: the request goes without.
  const code = tidyCode(draft.preliminaryCode ?? '');
  const preliminary = ICD_CODE.test(code) ? { preliminaryCode: code } : {};
  return {
    id,
    patientId,
    specialty,
    urgency,
    reason,
    ...preliminary,
    vitals: readVitals(draft.vitals).vitals,
    ...(card && { card }),
  };
}

/** The same for a time to come or an answer in writing; undefined also for an emergency, which is called. */
export function toPlannedRequest(
  draft: RequestDraft,
  card?: RequestCardInput,
  isWritten = false,
): EndpointCall<typeof createPlannedConsultation>['body'] | undefined {
  const request = toRequest(draft, card);
  if (request === undefined || request.patientId === null || request.urgency === 'stat') return undefined;
  return { ...request, patientId: request.patientId, urgency: request.urgency, isWritten };
}
