import type { EndpointCall, EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export type ClosureChange = EndpointCall<typeof contract.previewClosure>['body'];
export type ClosurePreview = EndpointResponse<typeof contract.previewClosure>;

/** What a leave would touch, and what a substitute could take over. */
export function useClosurePreview(practitionerId: PractitionerId, closure: ClosureChange | undefined) {
  return useQuery({
    queryKey: ['schedule', 'closure-preview', practitionerId, closure],
    queryFn: ({ signal }) =>
      call(contract.previewClosure, { params: { practitionerId }, body: closure as ClosureChange }, { signal }),
    enabled: closure !== undefined,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}
