import * as contract from '@jaqyn/shared/consultations/triage.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Sends a request to another specialty or region. */
export function useRedirectInTriage(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.redirectInTriage>['body']) =>
      call(contract.redirectInTriage, { params: { requestId }, body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
    // Somebody was faster: what they decided is shown.
    onError: () => void queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
