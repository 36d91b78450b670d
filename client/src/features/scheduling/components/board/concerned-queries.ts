/** Which answers on the page a change of the schedule concerns. Pure. */
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';

/**
 * Whether a cached board or day list shows one of the days; no days named mean all of them. Other questions about the schedule are
 * always concerned.
 */
export function isConcerned(queryKey: readonly unknown[], days: readonly CalendarDate[]): boolean {
  if (queryKey[0] !== 'schedule') return false;
  // A page of it is asked for after the other, as many as the country has specialists.
  if (queryKey[1] === 'day-of-all') return days.length === 0 || days.some((day) => day === queryKey[2]);
  // What stands against a drop depends on patients and cameras too; it is asked again when it is needed.
  if (queryKey[1] !== 'board' || days.length === 0) return true;
  const query = queryKey[2] as { readonly from: CalendarDate; readonly days?: number };
  const last = addDays(query.from, (query.days ?? 1) - 1);
  return days.some((day) => query.from <= day && day <= last);
}
