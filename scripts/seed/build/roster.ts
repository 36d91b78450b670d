import { type CalendarDate, KAZAKHSTAN_OFFSET_MINUTES } from '../../../shared/src/kernel/time.ts';
import { SPECIALISTS } from '../content/specialists.ts';
import { SPECIALTIES, type Specialty } from '../content/specialties.ts';
import { addDays, DAY_MS, instant, localTime, MINUTE_MS } from '../demo-id.ts';
import type { ShiftRow } from '../rows.ts';
import { practitionerId, specialistLogin } from './staff.ts';

/** A duty lasts from 08:00 to 08:00 of the next day, Kazakhstan time. */
const DUTY_STARTS_MINUTES = 8 * 60;

/** How many of a specialty's list are on call on every day, in this order; the others take turns behind them. */
const ALWAYS_ON_CALL: Partial<Record<Specialty, number>> = { cardiology: 2, neurology: 1 };

/** Rungs of a specialty's ladder. */
export function rungCount(specialty: Specialty): number {
  return specialty === 'cardiology' ? 3 : 2;
}

/** Logins on call during the duty that starts on `day`, rank 1 first. It depends on the day only, not on who asks when. */
export function onCallLogins(specialty: Specialty, day: CalendarDate): string[] {
  const logins = SPECIALISTS[specialty].people.map((_, index) => specialistLogin(specialty, index));
  const fixed = logins.slice(0, ALWAYS_ON_CALL[specialty] ?? 0);
  const turns = logins.slice(fixed.length);
  const dayNumber = Math.floor(Date.parse(`${day}T00:00:00.000Z`) / DAY_MS);
  const rotating = turns.map((_, index) => turns[(dayNumber + index) % turns.length] as string);
  return [...fixed, ...rotating].slice(0, rungCount(specialty));
}

/** The shifts of the duty that starts on `day`. */
export function dutyShifts(specialty: Specialty, day: CalendarDate): ShiftRow[] {
  return onCallLogins(specialty, day).map((login, index) => ({
    practitionerId: practitionerId(login),
    specialty,
    startsAt: instant(localTime(day, DUTY_STARTS_MINUTES)),
    endsAt: instant(localTime(addDays(day, 1), DUTY_STARTS_MINUTES)),
    rank: index + 1,
  }));
}

/** The day on which the duty began that covers a moment. */
export function dutyDay(at: Date): CalendarDate {
  const local = at.getTime() + (KAZAKHSTAN_OFFSET_MINUTES - DUTY_STARTS_MINUTES) * MINUTE_MS;
  return new Date(local).toISOString().slice(0, 10) as CalendarDate;
}

/**
 * The duties that cover the whole current week and the week ahead, Monday 00:00 to Sunday 24:00: the one that began on the
 * Sunday before goes on into Monday.
 */
export function rosterDays(today: CalendarDate): CalendarDate[] {
  const weekday = (new Date(`${today}T00:00:00.000Z`).getUTCDay() + 6) % 7;
  return daysBetween(addDays(today, -weekday - 1), addDays(today, 13 - weekday));
}

/** Both ends included. */
export function daysBetween(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

export function rosterShifts(days: readonly CalendarDate[]): ShiftRow[] {
  return days.flatMap((day) => SPECIALTIES.flatMap(({ code }) => dutyShifts(code, day)));
}
