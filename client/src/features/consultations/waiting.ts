import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { Instant } from '@jaqyn/shared/kernel/time';

export type WaitTone = 'quiet' | 'heed' | 'act-now';

/** What the clock of a consultation counts: somebody's wait, a call that is going on, or nothing any more. */
export type WaitClock =
  | { readonly kind: 'waiting'; readonly since: Instant; readonly heedAt: Instant; readonly dueAt: Instant }
  /** The station is asked: the clock stands at what had been waited until then. */
  | { readonly kind: 'paused'; readonly since: Instant; readonly until: Instant }
  | { readonly kind: 'talking' | 'stopped'; readonly since: Instant };

export function clockOf({
  status,
  statusChangedAt,
  waiting,
}: Pick<Consultation, 'status' | 'statusChangedAt' | 'waiting'>): WaitClock {
  if (status === 'in_call') return { kind: 'talking', since: statusChangedAt };
  if (waiting === null) return { kind: 'stopped', since: statusChangedAt };
  const { since, pausedAt, heedAt, dueAt } = waiting;
  return pausedAt === null ? { kind: 'waiting', since, heedAt, dueAt } : { kind: 'paused', since, until: pausedAt };
}

/** The colour of a clock at a moment; quiet when nobody waits or it stands. */
export function toneOfClock(clock: WaitClock, nowMs: number): WaitTone {
  if (clock.kind !== 'waiting') return 'quiet';
  if (nowMs >= Date.parse(clock.dueAt)) return 'act-now';
  return nowMs >= Date.parse(clock.heedAt) ? 'heed' : 'quiet';
}

export function toneOfConsultation(consultation: Parameters<typeof clockOf>[0], nowMs: number): WaitTone {
  return toneOfClock(clockOf(consultation), nowMs);
}
