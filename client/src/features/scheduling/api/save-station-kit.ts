import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Cameras and equipment of a station. */
export function useSaveStationKit() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.saveStationKit>) => call(contract.saveStationKit, input),
    // Refused, too: what somebody else has saved is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
