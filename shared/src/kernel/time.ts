import * as z from 'zod/mini';

/** A UTC instant on the wire and in the database: `2026-11-22T09:05:00.000Z`, always milliseconds and Z, so text sorts by time. */
export const Instant = z
  .string()
  .check(
    z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    z.refine((text) => isReal(text, text)),
  )
  .brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** A calendar day without a zone, `YYYY-MM-DD`, that exists (no 30 February). */
export const CalendarDate = z
  .string()
  .check(
    z.regex(/^\d{4}-\d\d-\d\d$/),
    z.refine((text) => isReal(text, `${text}T00:00:00.000Z`)),
  )
  .brand<'CalendarDate'>();
export type CalendarDate = z.infer<typeof CalendarDate>;

/** Kazakhstan has had one zone since 2024-03-01. Fixed here because old PCs carry stale zone data. */
export const KAZAKHSTAN_OFFSET_MINUTES = 5 * 60;

export function toInstant(date: Date): Instant {
  return date.toISOString() as Instant;
}

/** False for the 30th of February, which Date.parse moves into March. */
function isReal(text: string, instant: string): boolean {
  const date = new Date(instant);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whole years between two calendar days; a child born on 29 February turns a year older on 1 March. */
export function ageInYears(birthDate: string, onDate: string): number {
  const [by = 0, bm = 0, bd = 0] = birthDate.split('-').map(Number);
  const [y = 0, m = 0, d = 0] = onDate.split('-').map(Number);
  const hadBirthday = m > bm || (m === bm && d >= bd);
  return y - by - (hadBirthday ? 0 : 1);
}

/** The calendar day in Kazakhstan at an instant. */
export function localDate(instant: Instant | Date): CalendarDate {
  const time = typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
  return new Date(time + KAZAKHSTAN_OFFSET_MINUTES * 60_000).toISOString().slice(0, 10) as CalendarDate;
}
