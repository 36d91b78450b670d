import * as contract from '@jaqyn/shared/consultations/participant.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** People who can be asked in as that, by a part of their name; of many the first, and how many there are. */
export function useInvitable(requestId: RequestId, type: contract.ParticipantType, q: string) {
  return useQuery({
    queryKey: ['participants', 'invitable', requestId, type, q],
    queryFn: ({ signal }) => call(contract.listInvitable, { params: { requestId }, query: { type, q } }, { signal }),
    placeholderData: keepPreviousData,
  });
}
