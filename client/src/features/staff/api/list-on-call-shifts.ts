import { toInstant } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/staff/staff.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Shifts that touch the span of milliseconds since 1970; at most 31 days. */
export function useOnCallShifts(fromMs: number, toMs: number) {
  return useQuery({
    queryKey: ['on-call-shifts', fromMs, toMs],
    queryFn: async ({ signal }) => {
      const query = { from: toInstant(new Date(fromMs)), to: toInstant(new Date(toMs)) };
      return (await call(contract.listOnCallShifts, { query }, { signal })).shifts;
    },
    refetchInterval: 5 * 60_000,
  });
}
