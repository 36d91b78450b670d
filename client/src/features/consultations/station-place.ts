import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, STATION_ROOM_STATES } from '@jaqyn/shared/consultations/consultation.machine';

/** Somebody sorts it, asks about it, or has sent it back. */
const SORTED = ['submitted', 'info_requested', 'declined', 'redirected'] as const;
const PLANNED = ['accepted', 'waitlisted', 'booked', 'checked_in', 'no_show', 'async_assigned'] as const;

/**
 * Where the station goes on with a consultation: its time when it is planned, its call (ringing, talking, or nobody answered yet),
 * or its result; where it stands, while it is sorted or answered in writing. While the conclusion is being written the room is still open, but what people want is the result.
 */
export function stationPlace(
  consultation: Consultation,
):
  | '/requests/$requestId/call'
  | '/requests/$requestId/plan'
  | '/requests/$requestId/result'
  | '/requests/$requestId/status' {
  const { status, isPlanned, isWritten } = consultation;
  if (isIn(status, SORTED) || (isWritten && isIn(status, ['in_triage', 'async_assigned']))) {
    return '/requests/$requestId/status';
  }
  if (isIn(status, PLANNED) || (status === 'in_triage' && isPlanned)) return '/requests/$requestId/plan';
  if (status === 'conclusion_draft' || status === 'awaiting_signature') return '/requests/$requestId/result';
  return isIn(status, STATION_ROOM_STATES) || status === 'in_triage'
    ? '/requests/$requestId/call'
    : '/requests/$requestId/result';
}

/** The waiting time matters while somebody is waiting. */
export function isWaiting({ status, isPlanned }: Consultation): boolean {
  return status === 'ringing' || status === 'escalated' || (status === 'in_triage' && !isPlanned);
}
