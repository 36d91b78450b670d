import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { ProblemError } from '../../../lib/problem-error.ts';

/** Adds or changes a service. */
export function useSaveService() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.saveService>) => call(contract.saveService, input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
    onError: (error) => {
      // What somebody else has saved is to be seen. After a lost answer nothing is asked: a new service of one's own would look taken.
      if (ProblemError.from(error).status === 409) void queryClient.invalidateQueries({ queryKey: ['schedule'] });
    },
  });
}
