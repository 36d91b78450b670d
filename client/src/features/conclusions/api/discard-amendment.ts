import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Throws the draft of an amendment away; the signed edition was never touched. */
export function useDiscardAmendment(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(contract.discardAmendment, { params: { requestId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
