import * as contract from '@jaqyn/shared/evidence/evidence.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What the media server measured of this consult, and whether that makes it payable. */
export function useEvidence(requestId: RequestId) {
  return useQuery({
    queryKey: ['consultations', 'evidence', requestId],
    queryFn: ({ signal }) => call(contract.getEvidence, { params: { requestId } }, { signal }),
  });
}
