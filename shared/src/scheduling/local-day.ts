/**
 * Days and minutes of scheduling. Inside, a moment is a whole number of minutes since 1970 in UTC (`Minute`), so that spans are
 * compared as numbers; on the wire and in the database it is an instant. Kazakhstan has one zone without summer time, so a local
 * day always has 1440 minutes.
 */
import { type CalendarDate, type Instant, KAZAKHSTAN_OFFSET_MINUTES } from '../kernel/time.ts';

/** Whole minutes since 1970-01-01T00:00Z. */
export type Minute = number;

/** From `from` up to and without `to`. */
export interface Span {
  readonly from: Minute;
  readonly to: Minute;
}

export const DAY_MINUTES = 1440;

export function toMinute(instant: Instant | Date): Minute {
  return Math.floor((typeof instant === 'string' ? Date.parse(instant) : instant.getTime()) / 60_000);
}

export function fromMinute(minute: Minute): Instant {
  return new Date(minute * 60_000).toISOString() as Instant;
}

/** Days since 1970 of a local day, and back. */
function toDayNumber(day: CalendarDate): number {
  return Date.parse(`${day}T00:00:00.000Z`) / 86_400_000;
}

function fromDayNumber(number: number): CalendarDate {
  return new Date(number * 86_400_000).toISOString().slice(0, 10) as CalendarDate;
}

/** A calendar day some days later, or earlier when negative. */
export function addDays(day: CalendarDate, days: number): CalendarDate {
  return fromDayNumber(toDayNumber(day) + days);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: CalendarDate): number {
  // 1970-01-01 was a Thursday.
  return ((((toDayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** Both ends included; nothing when `to` lies before `from`. */
export function eachDay(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const [first, last] = [toDayNumber(from), toDayNumber(to)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => fromDayNumber(first + index));
}

/** How many days `to` lies after `from`. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** The moment `minuteOfDay` minutes after local midnight; past 1440 it is the next day. */
export function minuteAt(day: CalendarDate, minuteOfDay: number): Minute {
  return toDayNumber(day) * DAY_MINUTES + minuteOfDay - KAZAKHSTAN_OFFSET_MINUTES;
}

/** The local day a moment falls on. */
export function dayOf(minute: Minute): CalendarDate {
  return fromDayNumber(Math.floor((minute + KAZAKHSTAN_OFFSET_MINUTES) / DAY_MINUTES));
}

/** Minutes after local midnight, 0 to 1439. */
export function minuteOfDay(minute: Minute): number {
  const local = minute + KAZAKHSTAN_OFFSET_MINUTES;
  return local - Math.floor(local / DAY_MINUTES) * DAY_MINUTES;
}

/** The whole of a local day. */
export function spanOfDay(day: CalendarDate): Span {
  return { from: minuteAt(day, 0), to: minuteAt(day, DAY_MINUTES) };
}

export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/** What is left of a span without the holes, in order; empty pieces are left out. */
export function subtract(span: Span, holes: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  let from = span.from;
  for (const hole of [...holes].sort((a, b) => a.from - b.from)) {
    if (hole.to <= from || hole.from >= span.to) continue;
    if (hole.from > from) pieces.push({ from, to: hole.from });
    from = Math.max(from, hole.to);
  }
  if (from < span.to) pieces.push({ from, to: span.to });
  return pieces;
}
