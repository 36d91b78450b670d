import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export interface Declining {
  readonly requestId: RequestId;
  readonly reason: contract.DeclineReason;
  readonly note: string;
}

/** Declines what rings; the next on call rings. */
export function useDeclineCall() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ requestId, reason, note }: Declining) =>
      call(contract.declineCall, { params: { requestId }, body: { reason, note } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['consultations', 'list'] }),
  });
}
