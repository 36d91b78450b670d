import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useConsultation(requestId: RequestId) {
  return useQuery({
    queryKey: ['consultations', 'one', requestId],
    queryFn: ({ signal }) => call(contract.getConsultation, { params: { requestId } }, { signal }),
    refetchInterval: 15_000,
  });
}

/** Shows an answer of the server at once, and asks again for the lists it belongs to. */
export function showConsultation(queryClient: QueryClient, consultation: contract.Consultation): void {
  queryClient.setQueryData(['consultations', 'one', consultation.id], consultation);
  void queryClient.invalidateQueries({ queryKey: ['consultations', 'list'] });
}
