import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** The conclusion; the station gets `conclusion.not_found` until it is signed. */
export function useConclusion(requestId: RequestId) {
  return useQuery({
    queryKey: ['consultations', 'conclusion', requestId],
    queryFn: ({ signal }) => call(contract.getConclusion, { params: { requestId } }, { signal }),
  });
}
