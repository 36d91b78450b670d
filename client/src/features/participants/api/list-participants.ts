import * as contract from '@jaqyn/shared/consultations/participant.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function participantsKey(requestId: RequestId) {
  return ['participants', 'of', requestId] as const;
}

/** Who is asked into the call besides its two sides. */
export function useParticipants(requestId: RequestId) {
  return useQuery({
    queryKey: participantsKey(requestId),
    queryFn: async ({ signal }) =>
      (await call(contract.listParticipants, { params: { requestId } }, { signal })).participants,
  });
}
