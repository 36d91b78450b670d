import * as contract from '@jaqyn/shared/staff/staff.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** The specialist's own switch. */
export function useSetMyAvailability() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (isAvailable: boolean) => call(contract.setMyAvailability, { body: { isAvailable } }),
    onSuccess: (availability) => queryClient.setQueryData(['availability'], availability),
  });
}
