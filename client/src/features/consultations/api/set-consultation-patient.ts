import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Completes an emergency request with its patient. */
export function useSetConsultationPatient(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.setConsultationPatient>['body']) =>
      call(contract.setConsultationPatient, { params: { requestId }, body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
