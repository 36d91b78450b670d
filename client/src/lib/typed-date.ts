import { CalendarDate } from '@jaqyn/shared/kernel/time';

/** A day as people type it, `12.03.1962`, `12/3/1962` or `12031962`; undefined when it is not a real day. */
export function parseTypedDate(text: string): CalendarDate | undefined {
  const found =
    /^\s*(\d{1,2})[.,/\- ](\d{1,2})[.,/\- ](\d{4})\s*$/.exec(text) ?? /^\s*(\d\d)(\d\d)(\d{4})\s*$/.exec(text);
  if (!found) return undefined;
  const [, day = '', month = '', year = ''] = found;
  const parsed = CalendarDate.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return parsed.success ? parsed.data : undefined;
}

/** `1962-03-12` as it is typed: `12.03.1962`. */
export function toTypedDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${day}.${month}.${year}`;
}
