import { type Consultation, URGENCIES } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import { clockOf, toneOfConsultation } from './waiting.ts';

export interface Worklist {
  /** Rings for me now. */
  readonly ringing: readonly Consultation[];
  /** Mine, and something is left to do: a call, a call that broke off, a conclusion. */
  readonly mine: readonly Consultation[];
  /** Given to me to be answered in writing, the nearest limit first. */
  readonly written: readonly Consultation[];
  /** Nobody answered; any specialist of the specialty may take it. */
  readonly unanswered: readonly Consultation[];
}

/** What has a time stands in the agenda until it begins. */
const IN_THE_AGENDA = ['booked', 'checked_in', 'no_show'] as const;

/** Rings of the list that are for this practitioner, for a page that missed the socket's word. */
export function listRinging(consultations: readonly Consultation[], me: PractitionerId): RequestId[] {
  return consultations
    .filter(({ status, ring }) => isIn(status, RINGING_STATES) && ring?.practitioners.some(({ id }) => id === me))
    .map(({ id }) => id);
}

/** Each open consultation in the one section where it belongs, the most urgent first. */
export function sortWorklist(
  consultations: readonly Consultation[],
  me: PractitionerId,
  rings: { has(id: RequestId): boolean },
): Worklist {
  const sorted = [...consultations].sort(byUrgency);
  return {
    ringing: sorted.filter(({ id }) => rings.has(id)),
    mine: sorted.filter(
      ({ id, specialist, status }) =>
        !rings.has(id) && specialist?.id === me && !isIn(status, IN_THE_AGENDA) && status !== 'async_assigned',
    ),
    written: listWritten(sorted, me),
    unanswered: sorted.filter(({ id, specialist, status }) => !rings.has(id) && !specialist && status === 'in_triage'),
  };
}

/** Cases to be answered in writing, in the order they are to be answered. */
export function listWritten(consultations: readonly Consultation[], me: PractitionerId): Consultation[] {
  return consultations
    .filter(({ specialist, status }) => specialist?.id === me && status === 'async_assigned')
    .sort((one, other) => ((one.waiting?.dueAt ?? '') < (other.waiting?.dueAt ?? '') ? -1 : 1));
}

/** The most urgent first; of the same urgency who waits longest; a call that is going on before all. */
export function byUrgency(one: Consultation, other: Consultation): number {
  return (
    Number(other.status === 'in_call') - Number(one.status === 'in_call') ||
    URGENCIES.indexOf(other.urgency) - URGENCIES.indexOf(one.urgency) ||
    (clockOf(one).since < clockOf(other).since ? -1 : 1)
  );
}

const DONE = ['signed', 'delivered', 'acknowledged', 'follow_up_open', 'closed', 'amended'] as const;

/** What I finished, newest first: today's, and the ones before. */
export function listDone(consultations: readonly Consultation[], me: PractitionerId, now: Date) {
  const today = localDate(now);
  const done = consultations
    .filter(({ status, specialist }) => specialist?.id === me && isIn(status, DONE))
    .sort((a, b) => (signedAt(a) < signedAt(b) ? 1 : -1));
  return {
    today: done.filter((one) => localDate(new Date(signedAt(one))) === today),
    before: done.filter((one) => localDate(new Date(signedAt(one))) !== today),
  };
}

function signedAt({ conclusion, statusChangedAt }: Consultation): string {
  return conclusion?.signedAt ?? statusChangedAt;
}

const TONES = ['act-now', 'heed', 'quiet'] as const;

/** For the board: red clocks first, then amber, then the rest; inside a colour as in the worklist. */
export function byClock(one: Consultation, other: Consultation, nowMs: number): number {
  return (
    TONES.indexOf(toneOfConsultation(one, nowMs)) - TONES.indexOf(toneOfConsultation(other, nowMs)) ||
    byUrgency(one, other)
  );
}
