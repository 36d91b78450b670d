import type { CalendarDate } from '../kernel/time.ts';
import { addDays } from '../scheduling/local-day.ts';

/** `ending`: holds today and ends within the next 30 days without another that follows. */
export const LICENCE_STANDINGS = ['valid', 'ending', 'ended', 'none'] as const;
export type LicenceStanding = (typeof LICENCE_STANDINGS)[number];

const ENDING_DAYS = 30;

export interface LicenceDays {
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  readonly withdrawnFrom: CalendarDate | null;
}

/** First and last day, both included. */
export interface DaySpan {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** The days on which somebody may consult: one licence that follows another without a gap is one span. The earliest first. */
export function licensedSpans(licences: readonly LicenceDays[]): DaySpan[] {
  const held = licences
    .map(({ validFrom: from, validTo, withdrawnFrom }) => {
      const last = withdrawnFrom === null ? validTo : addDays(withdrawnFrom, -1);
      return { from, to: last < validTo ? last : validTo };
    })
    .filter(({ from, to }) => from <= to)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const spans: DaySpan[] = [];
  for (const one of held) {
    const before = spans.at(-1);
    if (before === undefined || one.from > addDays(before.to, 1)) spans.push(one);
    else if (one.to > before.to) spans[spans.length - 1] = { from: before.from, to: one.to };
  }
  return spans;
}

/** How somebody stands on a day, and until which day that holds. */
export function standingOn(
  licences: readonly LicenceDays[],
  day: CalendarDate,
): { readonly standing: LicenceStanding; readonly until: CalendarDate | null } {
  const spans = licensedSpans(licences);
  const held = spans.find(({ from, to }) => from <= day && day <= to);
  if (held === undefined) return { standing: licences.length === 0 ? 'none' : 'ended', until: null };
  return { standing: held.to < addDays(day, ENDING_DAYS) ? 'ending' : 'valid', until: held.to };
}
