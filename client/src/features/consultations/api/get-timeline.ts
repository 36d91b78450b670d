import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Who did what and when, oldest first. */
export function useTimeline(requestId: RequestId) {
  return useQuery({
    queryKey: ['consultations', 'timeline', requestId],
    queryFn: async ({ signal }) => (await call(contract.getTimeline, { params: { requestId } }, { signal })).entries,
  });
}
