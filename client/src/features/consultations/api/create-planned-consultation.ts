import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Stores a request for a time to come; nobody is rung. The id comes from the draft, so a second press has one effect. */
export function useCreatePlannedConsultation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.createPlannedConsultation>['body']) =>
      call(contract.createPlannedConsultation, { body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
