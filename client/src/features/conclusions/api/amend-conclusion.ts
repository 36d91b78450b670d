import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Begins a new edition with the text of the signed one, which stays in force until the new one is signed. */
export function useAmendConclusion(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => call(contract.amendConclusion, { params: { requestId }, body: { reason } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
