import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { skipToken, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export type PlacementQuestion = EndpointCall<typeof contract.checkPlacement>['body'];

/** What stands against a booking or a move; nothing is asked while nothing is chosen. */
export function useCheckPlacement(question: PlacementQuestion | null) {
  return useQuery({
    queryKey: ['schedule', 'check', question],
    queryFn:
      question === null ? skipToken : ({ signal }) => call(contract.checkPlacement, { body: question }, { signal }),
    staleTime: 5000,
  });
}
