import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/patients/patient.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Sent twice it is saved once; refused when somebody saved meanwhile. */
export function useSaveSummary(patientId: PatientId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.savePatientSummary>['body']) =>
      call(contract.savePatientSummary, { params: { patientId }, body }),
    onSuccess: (patient) => {
      queryClient.setQueryData(['patients', 'one', patientId], patient);
      void queryClient.invalidateQueries({ queryKey: ['consultations'] });
    },
    // Perhaps somebody else saved: then theirs is shown beside what was typed here.
    onError: () => queryClient.invalidateQueries({ queryKey: ['patients', 'one', patientId] }),
  });
}
