import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Adds or changes a service. */
export function useSaveService() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.saveService>) => call(contract.saveService, input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
