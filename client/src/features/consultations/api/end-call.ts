import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Ends the talk; the request stays open for the conclusion. Again is harmless. */
export function useEndCall(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(contract.endCall, { params: { requestId } }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
