/** What is next of a day, and how late it is, by the server's clock. */
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { DayListEntry } from '@jaqyn/shared/scheduling/board.contract';
import { addDays, weekdayOf } from '@jaqyn/shared/scheduling/local-day';

export type Punctuality =
  /** Nothing is expected at a time: it goes on, is over, or waits for a slot. */
  | { readonly kind: 'none' }
  | { readonly kind: 'later' | 'soon'; readonly minutes: number }
  | { readonly kind: 'due' }
  | { readonly kind: 'late'; readonly minutes: number };

const SOON_MINUTES = 15;
/** Both sides need a moment to sit down. */
const GRACE_MINUTES = 5;

const EXPECTED = ['booked', 'arrived', 'checked-in'];
const TALKING = ['in_call', 'interrupted'];

export function punctuality(
  { status, requestStatus, startsAt }: Pick<Appointment, 'status' | 'requestStatus' | 'startsAt'>,
  nowSeconds: number,
): Punctuality {
  if (startsAt === null || !EXPECTED.includes(status) || TALKING.includes(requestStatus)) return { kind: 'none' };
  const seconds = Date.parse(startsAt) / 1000 - nowSeconds;
  if (seconds > SOON_MINUTES * 60) return { kind: 'later', minutes: Math.ceil(seconds / 60) };
  if (seconds > 0) return { kind: 'soon', minutes: Math.ceil(seconds / 60) };
  const minutes = Math.floor(-seconds / 60);
  return minutes < GRACE_MINUTES ? { kind: 'due' } : { kind: 'late', minutes };
}

/** Is still to come or goes on. */
export function isAhead({ appointment }: DayListEntry): boolean {
  return ['proposed', 'pending', ...EXPECTED].includes(appointment.status);
}

/** Was missed and has no other time yet: the station can book it again. */
export function needsTime({ appointment: { status, replacedById } }: DayListEntry): boolean {
  return status === 'noshow' && replacedById === null;
}

export interface DayOrder {
  /** The one to act on: a talk that goes on before the earliest that is expected. */
  readonly next: DayListEntry | undefined;
  readonly ahead: readonly DayListEntry[];
  /** Met, missed, cancelled. */
  readonly past: readonly DayListEntry[];
}

/** `entries` come in the order of time. */
export function orderDay(entries: readonly DayListEntry[]): DayOrder {
  const ahead = entries.filter(isAhead);
  const talking = ahead.find(({ appointment }) => TALKING.includes(appointment.requestStatus));
  const next = talking ?? ahead.find(({ appointment }) => EXPECTED.includes(appointment.status)) ?? ahead[0];
  return {
    next,
    ahead: ahead.filter((entry) => entry !== next),
    past: entries.filter((entry) => !isAhead(entry)),
  };
}

/** Where the seven days begin that show `day`: today and the days to come while it is one of them, else its calendar week. */
export function firstShown(day: CalendarDate, today: CalendarDate): CalendarDate {
  const isNear = day >= today && day <= addDays(today, 6);
  return isNear ? today : addDays(day, 1 - weekdayOf(day));
}
