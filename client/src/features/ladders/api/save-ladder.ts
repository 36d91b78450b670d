import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { LadderId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/ladders/ladder.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Adds an edition; the id is the caller's, so that sending it again has one effect. */
export function useSaveLadder() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: EndpointCall<typeof contract.saveLadder>['body'] & { id: LadderId }) =>
      call(contract.saveLadder, { params: { ladderId: id }, body }),
    // Refused, too: what somebody else has made is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['ladders'] }),
  });
}
