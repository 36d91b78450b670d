import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

type AsOrdered = NonNullable<EndpointCall<typeof contract.listBookedOnDay>['query']>;

/** Who is booked on a day without a slot of the roster: as the day is, or as an order would make it. */
export function useBookedOnDay(day: CalendarDate | undefined, query: AsOrdered = {}) {
  return useQuery({
    queryKey: ['schedule', 'booked-on-day', day, query],
    queryFn: ({ signal }) =>
      call(contract.listBookedOnDay, { params: { day: day as CalendarDate }, query }, { signal }),
    enabled: day !== undefined,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}
