import * as contract from '@jaqyn/shared/consultations/triage.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** Asks the station; the waiting clock stands until it has answered. */
export function useAskStation(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.askStation>['body']) =>
      call(contract.askStation, { params: { requestId }, body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
    // Somebody was faster: what they decided is shown.
    onError: () => void queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
