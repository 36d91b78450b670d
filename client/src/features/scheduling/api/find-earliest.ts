import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/board.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export type EarliestQuery = NonNullable<EndpointCall<typeof contract.findEarliest>['query']>;

/** On call now, the next slots and the next answers in writing. Others book meanwhile, so it grows old quickly. */
export function useEarliest(query: EarliestQuery, isEnabled = true) {
  return useQuery({
    queryKey: ['schedule', 'earliest', query],
    queryFn: ({ signal }) => call(contract.findEarliest, { query }, { signal }),
    enabled: isEnabled,
    refetchInterval: 30_000,
    // Another language or oblast: what was found stays on the screen until the answer is there.
    placeholderData: (before) => before,
  });
}
