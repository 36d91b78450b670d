/** Who waits, until when they should be seen, and who fits a slot that has become free, with the reasons. */
import type { Language } from '../auth/auth.contract.ts';
import type { Urgency } from '../consultations/consultation.contract.ts';
import type { AppointmentId, PractitionerId, SpecialtyCode } from '../kernel/ids.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { DAY_MINUTES, dayOf, type Minute, minuteOfDay, overlaps, type Span, weekdayOf } from './local-day.ts';
import type { BookableMode } from './roster.ts';

/** Within how many hours of the request a patient of this urgency should be seen, from a day on. Reference data. */
export interface TreatByRule {
  readonly urgency: Urgency;
  readonly hours: number;
  readonly effectiveFrom: CalendarDate;
}

/** What applies where no rule is entered: an hour, a day, three days, two weeks. */
const DEFAULT_HOURS: Readonly<Record<Urgency, number>> = { stat: 1, asap: 24, urgent: 72, routine: 14 * 24 };

/** Until when a request made at `since` should be treated: the rule in force on that day, the one entered last for it. */
export function treatBy(since: Minute, urgency: Urgency, rules: readonly TreatByRule[]): Minute {
  const day = dayOf(since);
  const inForce = rules
    .filter((rule) => rule.urgency === urgency && rule.effectiveFrom <= day)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  return since + (inForce[0]?.hours ?? DEFAULT_HOURS[urgency]) * 60;
}

export const PARTS_OF_DAY = ['any', 'morning', 'afternoon'] as const;
export type PartOfDay = (typeof PARTS_OF_DAY)[number];
const NOON = 13 * 60;

export interface Waiter {
  readonly appointmentId: AppointmentId;
  readonly specialty: SpecialtyCode;
  readonly mode: BookableMode;
  readonly urgency: Urgency;
  readonly treatBy: Minute;
  readonly since: Minute;
  /** Language the patient wants to be spoken to in; null: any. */
  readonly language: Language | null;
  readonly partOfDay: PartOfDay;
  /** Weekdays on which they would rather not come, Monday 1. */
  readonly avoidWeekdays: readonly number[];
  /** Whom they saw before, or asked for. */
  readonly preferredPractitionerId: PractitionerId | null;
  /** Offers they let pass. */
  readonly declined: number;
  /** They let exactly this slot pass. */
  readonly hasDeclinedThis: boolean;
  /** What their station has, working. */
  readonly equipment: readonly string[];
  /** When the patient is with somebody already, and when every camera of the station is taken. */
  readonly taken: readonly Span[];
}

export interface OpenSlot extends Span {
  readonly practitionerId: PractitionerId;
  readonly specialty: SpecialtyCode;
  readonly mode: BookableMode;
  readonly languages: readonly Language[];
  readonly requiredEquipment: readonly string[];
}

export const FIT_REASONS = [
  /** `value`: days past the treat-by date. */
  'overdue',
  /** `value`: days left until it. */
  'before_treat_by',
  'after_treat_by',
  'urgency',
  /** `value`: days waited. */
  'waiting',
  'same_specialist',
  'speaks_language',
  'language_differs',
  'time_suits',
  'time_does_not_suit',
  /** `value`: the weekday, Monday 1. */
  'day_does_not_suit',
  /** `value`: offers declined. */
  'declined_before',
] as const;
export type FitReasonCode = (typeof FIT_REASONS)[number];

export interface FitReason {
  readonly code: FitReasonCode;
  /** What it adds to the score; negative takes away. */
  readonly points: number;
  readonly value: number | null;
}

export interface Fit {
  readonly appointmentId: AppointmentId;
  readonly score: number;
  readonly reasons: readonly FitReason[];
}

const URGENCY_POINTS: Readonly<Record<Urgency, number>> = { routine: 0, urgent: 20, asap: 40, stat: 60 };

/** Those who can take the slot, the best first. The order is total: by score, then treat-by date, then who waits longer, then id. */
export function fitWaiters(slot: OpenSlot, waiters: readonly Waiter[], now: Minute): Fit[] {
  return waiters
    .filter((waiter) => canTake(slot, waiter))
    .map((waiter) => ({ waiter, fit: judge(slot, waiter, now) }))
    .sort(
      (a, b) =>
        b.fit.score - a.fit.score ||
        a.waiter.treatBy - b.waiter.treatBy ||
        a.waiter.since - b.waiter.since ||
        (a.waiter.appointmentId < b.waiter.appointmentId ? -1 : 1),
    )
    .map(({ fit }) => fit);
}

function canTake(slot: OpenSlot, waiter: Waiter): boolean {
  return (
    waiter.specialty === slot.specialty &&
    waiter.mode === slot.mode &&
    !waiter.hasDeclinedThis &&
    slot.requiredEquipment.every((item) => waiter.equipment.includes(item)) &&
    (slot.mode === 'async' || !waiter.taken.some((span) => overlaps(span, slot)))
  );
}

function judge(slot: OpenSlot, waiter: Waiter, now: Minute): Fit {
  const reasons: FitReason[] = [];
  const add = (code: FitReasonCode, points: number, value: number | null = null) =>
    reasons.push({ code, points, value });

  if (waiter.treatBy < now) {
    const days = wholeDays(now - waiter.treatBy);
    add('overdue', 50 + Math.min(30, days * 3), days);
  } else if (slot.from <= waiter.treatBy) {
    // The nearer the limit, the more this slot matters; two weeks away it hardly does.
    const days = wholeDays(waiter.treatBy - now);
    add('before_treat_by', Math.max(5, 45 - days * 3), days);
  } else {
    add('after_treat_by', 20);
  }
  if (URGENCY_POINTS[waiter.urgency] > 0) add('urgency', URGENCY_POINTS[waiter.urgency]);
  const waited = wholeDays(Math.max(0, now - waiter.since));
  if (waited > 0) add('waiting', Math.min(20, waited), waited);
  if (waiter.preferredPractitionerId === slot.practitionerId) add('same_specialist', 10);
  if (waiter.language !== null) {
    if (slot.languages.includes(waiter.language)) add('speaks_language', 8);
    else add('language_differs', -25);
  }
  if (waiter.partOfDay !== 'any') {
    const isMorning = minuteOfDay(slot.from) < NOON;
    if (isMorning === (waiter.partOfDay === 'morning')) add('time_suits', 5);
    else add('time_does_not_suit', -10);
  }
  const weekday = weekdayOf(dayOf(slot.from));
  // More than another part of the day: who said "not on Fridays" has a reason for it, but nobody is left out for a wish.
  if (waiter.avoidWeekdays.includes(weekday)) add('day_does_not_suit', -30, weekday);
  if (waiter.declined > 0) add('declined_before', -3 * Math.min(5, waiter.declined), waiter.declined);
  return {
    appointmentId: waiter.appointmentId,
    score: reasons.reduce((sum, { points }) => sum + points, 0),
    reasons,
  };
}

function wholeDays(minutes: number): number {
  return Math.floor(minutes / DAY_MINUTES);
}
