import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Holidays, moved days of rest and working days of at most 400 days. */
export function useSpecialDays(from: CalendarDate, to: CalendarDate) {
  return useQuery({
    queryKey: ['schedule', 'special-days', from, to],
    queryFn: async ({ signal }) => (await call(contract.listSpecialDays, { query: { from, to } }, { signal })).days,
    staleTime: 60_000,
  });
}
