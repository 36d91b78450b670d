import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What the patient answered to the conclusion in force, and what is to be done; only of what is signed. */
export function useTeachBack(requestId: RequestId, isSigned: boolean) {
  return useQuery({
    // Under `consultations`, so that an amendment or a finished task that is announced is fetched by itself.
    queryKey: ['consultations', 'teach-back', requestId],
    queryFn: ({ signal }) => call(contract.getTeachBack, { params: { requestId } }, { signal }),
    enabled: isSigned,
  });
}
