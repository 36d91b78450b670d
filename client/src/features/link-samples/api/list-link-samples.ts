import type { RequestId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/link-samples/link-sample.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** How the call of this consult was, every ten seconds. */
export function useLinkSamples(requestId: RequestId) {
  return useQuery({
    queryKey: ['consultations', 'link-samples', requestId],
    queryFn: async ({ signal }) =>
      (await call(contract.listLinkSamples, { params: { requestId } }, { signal })).samples,
  });
}
