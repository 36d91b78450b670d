import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/ladders/ladder.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

type Body = EndpointCall<typeof contract.previewLadder>['body'];

/** Whom these steps would ring now. */
export function useLadderPreview(body: Body | null) {
  return useQuery({
    queryKey: ['ladders', 'preview', body],
    queryFn: async ({ signal }) => (await call(contract.previewLadder, { body: body as Body }, { signal })).rungs,
    enabled: body !== null,
    refetchInterval: 15_000,
  });
}
