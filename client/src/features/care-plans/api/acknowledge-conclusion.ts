import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

type Body = EndpointCall<typeof contract.acknowledgeConclusion>['body'];

/** The conclusion was read to the patient, and each recommendation is answered. */
export function useAcknowledgeConclusion(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => call(contract.acknowledgeConclusion, { params: { requestId }, body }),
    onSuccess: async (consultation) => {
      queryClient.setQueryData(['consultations', 'one', requestId], consultation);
      await queryClient.invalidateQueries({ queryKey: ['consultations'] });
    },
  });
}
