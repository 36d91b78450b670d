import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Stores the request and rings. The id comes from the draft, so a second press over a bad link has one effect. */
export function useCreateConsultation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.createConsultation>['body']) =>
      call(contract.createConsultation, { body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
