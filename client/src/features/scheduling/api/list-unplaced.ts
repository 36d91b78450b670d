import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Requests that nobody has booked and that do not wait on the list either, nearest treat-by date first. */
export function useUnplaced(query: NonNullable<EndpointCall<typeof contract.listUnplaced>['query']> = {}) {
  return useQuery({
    queryKey: ['schedule', 'appointments', 'unplaced', query],
    queryFn: ({ signal }) => call(contract.listUnplaced, { query }, { signal }),
    refetchInterval: 30_000,
  });
}
