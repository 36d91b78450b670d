import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/patients/patient.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Sent twice with the same id it registers once. */
export function useRegisterPatient() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.registerPatient>['body']) =>
      call(contract.registerPatient, { body }),
    onSuccess: ({ patient }) => {
      queryClient.setQueryData(['patients', 'one', patient.id], patient);
      void queryClient.invalidateQueries({ queryKey: ['patients', 'search'] });
    },
  });
}
