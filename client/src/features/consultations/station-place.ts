import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, STATION_ROOM_STATES } from '@jaqyn/shared/consultations/consultation.machine';

/**
 * Where the station goes on with a consultation: its call (ringing, talking, or nobody answered yet), or its result.
 * While the conclusion is being written the room is still open, but what people want is the result.
 */
export function stationPlace(consultation: Consultation): '/requests/$requestId/call' | '/requests/$requestId/result' {
  const { status } = consultation;
  if (status === 'conclusion_draft' || status === 'awaiting_signature') return '/requests/$requestId/result';
  return isIn(status, STATION_ROOM_STATES) || status === 'in_triage'
    ? '/requests/$requestId/call'
    : '/requests/$requestId/result';
}

/** The waiting time matters while somebody is waiting. */
export function isWaiting({ status }: Consultation): boolean {
  return status === 'ringing' || status === 'escalated' || status === 'in_triage';
}
