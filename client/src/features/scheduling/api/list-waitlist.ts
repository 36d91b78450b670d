import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Who waits, nearest treat-by date first, with the offers that wait for an answer. A station gets its own. */
export function useWaitlist(query: NonNullable<EndpointCall<typeof contract.listWaitlist>['query']> = {}) {
  return useQuery({
    queryKey: ['schedule', 'appointments', 'waitlist', query],
    queryFn: ({ signal }) => call(contract.listWaitlist, { query }, { signal }),
    refetchInterval: 30_000,
  });
}
