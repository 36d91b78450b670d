import { type Consultation, Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import { PatientId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import * as z from 'zod/mini';
import { formatPersonName } from '../../lib/format.ts';
import { CardDraft, cardDraftOf } from './card-draft.ts';
import { VitalsEntrySchema } from './vitals-entry.ts';

/** A request as it is being written at the station, kept on this device until it is sent. */
export const RequestDraft = z.object({
  id: RequestId,
  patientId: z.nullable(PatientId),
  /** For the list of drafts, which must not need the network. */
  patientName: z.string(),
  specialty: z.nullable(SpecialtyCode),
  urgency: z.nullable(Urgency),
  reason: z.string(),
  /** ICD-10 as typed; absent in drafts from before it was asked. */
  preliminaryCode: z.optional(z.string()),
  vitals: VitalsEntrySchema,
  /** Absent in drafts from before there was a card. */
  card: z.optional(CardDraft),
});
export type RequestDraft = z.output<typeof RequestDraft>;

export const REQUEST_DRAFTS = 'request:';
export const requestDraftKey = (requestId: string) => `${REQUEST_DRAFTS}${requestId}`;

/** A new request with what was typed for another one. Its measurements stay there, with their time: now they are others. */
export function draftLike(
  { patient, specialty, urgency, reason, preliminaryCode, card }: Consultation,
  id: RequestId,
): RequestDraft {
  return {
    id,
    patientId: patient?.id ?? null,
    patientName: patient ? formatPersonName(patient) : '',
    specialty,
    urgency,
    reason,
    ...(preliminaryCode !== undefined && { preliminaryCode }),
    vitals: {},
    card: cardDraftOf(card),
  };
}

export function newRequestDraft(requestId: RequestId): RequestDraft {
  return { id: requestId, patientId: null, patientName: '', specialty: null, urgency: null, reason: '', vitals: {} };
}
