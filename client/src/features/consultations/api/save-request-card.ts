import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Sent twice it is saved once; refused when somebody saved meanwhile. */
export function useSaveRequestCard(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.saveRequestCard>['body']) =>
      call(contract.saveRequestCard, { params: { requestId }, body }),
    // Also when it was refused: what somebody else saved is then what is shown.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
