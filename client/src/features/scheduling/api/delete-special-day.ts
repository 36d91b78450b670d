import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Takes an order back: the day is again what the law says. */
export function useDeleteSpecialDay() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.deleteSpecialDay>) => call(contract.deleteSpecialDay, input),
    // Refused, too: what somebody else has entered is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
