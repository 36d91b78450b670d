/** Which days a board shows. Pure. */
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays, weekdayOf } from '@jaqyn/shared/scheduling/local-day';

export type BoardView = 'week' | 'day';

/** The first day that is asked for, and how many. A week begins on Monday. */
export function spanOfView(view: BoardView, date: CalendarDate): { from: CalendarDate; days: number } {
  return view === 'day' ? { from: date, days: 1 } : { from: addDays(date, 1 - weekdayOf(date)), days: 7 };
}

/** The days that are drawn: Saturday and Sunday only when somebody works or is booked then. */
export function shownDays(view: BoardView, date: CalendarDate, withSomething: ReadonlySet<string>): CalendarDate[] {
  const { from, days } = spanOfView(view, date);
  return Array.from({ length: days }, (_, index) => addDays(from, index)).filter(
    (day) => view === 'day' || weekdayOf(day) <= 5 || withSomething.has(day),
  );
}

/** The same day one step on or back. */
export function stepDate(view: BoardView, date: CalendarDate, direction: 1 | -1): CalendarDate {
  return addDays(date, direction * (view === 'day' ? 1 : 7));
}

/** Where a board without a date in its address opens: a week that is over but for its Sunday is not looked at any more. */
export function homeDate(view: BoardView, today: CalendarDate): CalendarDate {
  return view === 'week' && weekdayOf(today) === 7 ? addDays(today, 1) : today;
}
