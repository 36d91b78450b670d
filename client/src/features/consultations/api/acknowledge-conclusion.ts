import * as contract from '@jaqyn/shared/consultations/consultation.contract';

import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** The conclusion was read to the patient. */
export function useAcknowledgeConclusion(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(contract.acknowledgeConclusion, { params: { requestId } }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
