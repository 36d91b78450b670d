import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { planSeries } from '@jaqyn/shared/scheduling/appointment.contract';

export type SeriesItem = EndpointResponse<typeof planSeries>['items'][number];

/** What would be booked: each planned date, or the one instead of it; a date that is refused without another is left out. */
export function datesToBook(items: readonly SeriesItem[]): Instant[] {
  const dates = items.flatMap(({ startsAt, conflicts, instead }) => {
    const isRefused = conflicts.some(({ severity }) => severity === 'refuses');
    if (!isRefused) return [startsAt];
    return instead === null ? [] : [instead];
  });
  // Two neighbours may have been given the same slot; it is booked once.
  return [...new Set(dates)].sort();
}
