import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Signs exactly the bytes with this hash. Repeating it answers the signed conclusion. */
export function useSignConclusion(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { sha256: string; manifestSha256: string; password: string; cms?: string }) =>
      call(contract.signConclusion, { params: { requestId }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
