import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** The conclusion as the station reads it; before it is signed the server answers `conclusion.not_found`. */
export function useSignedConclusion(requestId: RequestId, isSigned: boolean) {
  return useQuery({
    // Under `consultations`, so that an amendment that is announced is fetched by itself.
    queryKey: ['consultations', 'conclusion', requestId],
    queryFn: ({ signal }) => call(contract.getConclusion, { params: { requestId } }, { signal }),
    enabled: isSigned,
  });
}
