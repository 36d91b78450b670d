import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** The newest sets of vital signs of one patient, oldest first. */
export function usePatientObservations(patientId: PatientId) {
  return useQuery({
    queryKey: ['consultations', 'observations', patientId],
    queryFn: ({ signal }) => call(contract.listPatientObservations, { params: { patientId } }, { signal }),
  });
}
