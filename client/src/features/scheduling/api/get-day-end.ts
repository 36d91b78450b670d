import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/day-end.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What is left open at the end of a day. */
export function useDayEnd(day: CalendarDate, region: string | undefined) {
  return useQuery({
    queryKey: ['schedule', 'day-end', day, region ?? null],
    queryFn: async ({ signal }) => (await call(contract.getDayEnd, { query: { day, region } }, { signal })).lists,
    refetchInterval: 60_000,
  });
}
