import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/patients/duplicate.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Opens the card of somebody who is registered at another station. */
export function useAdmitPatient() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      patientId,
      ...body
    }: EndpointCall<typeof contract.admitPatient>['body'] & { patientId: PatientId }) =>
      call(contract.admitPatient, { params: { patientId }, body }),
    onSuccess: (patient) => {
      queryClient.setQueryData(['patients', 'one', patient.id], patient);
      void queryClient.invalidateQueries({ queryKey: ['patients', 'search'] });
    },
  });
}
