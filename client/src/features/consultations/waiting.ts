import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { type ConsultationState, FINAL_STATES, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { Instant } from '@jaqyn/shared/kernel/time';

/** Minutes from which a wait is amber, and after which it is red. */
export const AMBER_FROM_MINUTES = 5;
export const RED_AFTER_MINUTES = 15;

export type WaitTone = 'quiet' | 'heed' | 'act-now';

export function toneOfWait(seconds: number): WaitTone {
  if (seconds > RED_AFTER_MINUTES * 60) return 'act-now';
  return seconds >= AMBER_FROM_MINUTES * 60 ? 'heed' : 'quiet';
}

/** What the clock of a consultation counts: somebody's wait, a call that is going on, or nothing any more. */
export interface WaitClock {
  readonly kind: 'waiting' | 'talking' | 'stopped';
  readonly since: Instant;
}

/** Nobody spoke with the patient yet: the wait counts from the first press of the button. */
const UNANSWERED = ['draft', 'submitted', 'in_triage', 'ringing', 'escalated', 'accepted', 'redirected'] as const;
/** The waiting clock stands while the station is asked, and when the text is with the station. */
const STANDING = [
  'info_requested',
  'booked',
  'waitlisted',
  'signed',
  'delivered',
  'acknowledged',
  'follow_up_open',
  'amended',
  ...FINAL_STATES,
] as const;

export function clockOf(
  consultation: Pick<Consultation, 'status' | 'createdAt' | 'statusChangedAt'> & Partial<Pick<Consultation, 'endedAt'>>,
): WaitClock {
  const { status, createdAt, statusChangedAt, endedAt } = consultation;
  if (isIn(status, UNANSWERED)) return { kind: 'waiting', since: createdAt };
  if (status === 'in_call') return { kind: 'talking', since: statusChangedAt };
  if (isIn(status, STANDING)) return { kind: 'stopped', since: statusChangedAt };
  // Interrupted, or waiting for the text: since the call was over.
  return { kind: 'waiting', since: isWriting(status) ? (endedAt ?? statusChangedAt) : statusChangedAt };
}

function isWriting(status: ConsultationState): boolean {
  return status === 'conclusion_draft' || status === 'awaiting_signature';
}

function secondsSince(instant: Instant, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 1000));
}

/** The colour of a consultation at a moment; quiet when nobody waits. */
export function toneOfConsultation(consultation: Parameters<typeof clockOf>[0], nowMs: number): WaitTone {
  const clock = clockOf(consultation);
  return clock.kind === 'waiting' ? toneOfWait(secondsSince(clock.since, nowMs)) : 'quiet';
}
