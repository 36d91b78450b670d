import { createHash } from 'node:crypto';
import { type CalendarDate, type Instant, KAZAKHSTAN_OFFSET_MINUTES } from '../../shared/src/kernel/time.ts';

/**
 * The id of a demo row: shaped like the UUIDv7 the server makes (RFC 9562: milliseconds first), but from the row's
 * name instead of chance, so that seeding twice makes the same rows.
 */
export function demoId<Id extends string>(name: string, at: Date): Id {
  const bytes = createHash('sha256').update(`jaqyn demo ${name}`).digest().subarray(0, 16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id;
}

/** What does not depend on the day of seeding (stations, hospitals, people) carries this moment in its id. */
export const DEMO_EPOCH = new Date('2026-01-05T04:00:00.000Z');

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** The instant of a wall-clock time in Kazakhstan; `minutes` may be negative or past the end of the day. */
export function localTime(day: CalendarDate, minutes: number): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + (minutes - KAZAKHSTAN_OFFSET_MINUTES) * MINUTE_MS);
}

/** A calendar day some days later, or earlier when negative. */
export function addDays(day: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10) as CalendarDate;
}

export function instant(date: Date): Instant {
  return date.toISOString() as Instant;
}
