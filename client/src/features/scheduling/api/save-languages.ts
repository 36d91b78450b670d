import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Languages a specialist consults in. */
export function useSaveLanguages() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.saveLanguages>) => call(contract.saveLanguages, input),
    // Refused, too: what somebody else has saved is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
