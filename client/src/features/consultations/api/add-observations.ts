import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Adds a set of vital signs, while waiting or in the call. */
export function useAddObservations(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.addObservations>['body']) =>
      call(contract.addObservations, { params: { requestId }, body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
