import * as contract from '@jaqyn/shared/evidence/evidence-limit.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { EvidenceLimitId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Adds an edition; the id is the caller's, so that sending it again has one effect. */
export function useSaveEvidenceLimits() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: EndpointCall<typeof contract.saveEvidenceLimits>['body'] & { id: EvidenceLimitId }) =>
      call(contract.saveEvidenceLimits, { params: { limitId: id }, body }),
    // Refused, too: what somebody else has made is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['evidence-limits'] }),
  });
}
