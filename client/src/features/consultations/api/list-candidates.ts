import * as contract from '@jaqyn/shared/consultations/triage.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Who could take a request, the nearest to an answer first. */
export function useCandidates(requestId: RequestId) {
  return useQuery({
    queryKey: ['consultations', 'candidates', requestId],
    queryFn: async ({ signal }) =>
      (await call(contract.listTriageCandidates, { params: { requestId } }, { signal })).candidates,
    refetchInterval: 15_000,
  });
}
