import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Enters a day off or a working day by an order. */
export function useSaveSpecialDay() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.saveSpecialDay>) => call(contract.saveSpecialDay, input),
    // Refused, too: what somebody else has entered is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
