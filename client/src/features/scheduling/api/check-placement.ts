import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export type PlacementQuestion = EndpointCall<typeof contract.checkPlacement>['body'];

const FRESH_MS = 5000;

/** What stands against a booking or a move; nothing is asked while nothing is chosen. */
export function useCheckPlacement(question: PlacementQuestion | null) {
  return useQuery({
    queryKey: ['schedule', 'check', question],
    queryFn:
      question === null ? skipToken : ({ signal }) => call(contract.checkPlacement, { body: question }, { signal }),
    staleTime: FRESH_MS,
  });
}

/** The same, to be asked at the moment of the drop; an answer that `useCheckPlacement` has just got is good. */
export function placementCheck(question: PlacementQuestion) {
  return queryOptions({
    queryKey: ['schedule', 'check', question],
    queryFn: ({ signal }) => call(contract.checkPlacement, { body: question }, { signal }),
    staleTime: FRESH_MS,
    retry: false,
  });
}
