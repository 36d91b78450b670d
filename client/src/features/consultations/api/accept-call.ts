import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Answers what rings, takes what nobody answered, or calls again what is one's own. The first to answer has it. */
export function useAcceptCall() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (requestId: RequestId) => call(contract.acceptCall, { params: { requestId } }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
    // Answered elsewhere or cancelled: what the list shows is old.
    onError: () => queryClient.invalidateQueries({ queryKey: ['consultations', 'list'] }),
  });
}
