import type { RequestId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/signatures/signature.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Every signed edition with its verdict of this moment, the newest first; empty for what has no signature. */
export function useSignedEditions(requestId: RequestId) {
  return useQuery({
    queryKey: ['consultations', 'editions', requestId],
    queryFn: ({ signal }) => call(contract.listSignedEditions, { params: { requestId } }, { signal }),
    select: ({ editions }) => editions,
  });
}
