import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Stops the ringing everywhere; the reason is kept in the record. */
export function useCancelConsultation(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.cancelConsultation>['body']) =>
      call(contract.cancelConsultation, { params: { requestId }, body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
