import * as contract from '@jaqyn/shared/consultations/triage.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Takes one's own last decision back. */
export function useUndoTriage() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (requestId: RequestId) => call(contract.undoTriage, { params: { requestId } }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
