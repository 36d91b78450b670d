import type { PatientId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/patients/patient.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function usePatient(patientId: PatientId | null) {
  return useQuery({
    queryKey: ['patients', 'one', patientId],
    queryFn: ({ signal }) => call(contract.getPatient, { params: { patientId: patientId as PatientId } }, { signal }),
    enabled: patientId !== null,
    staleTime: 60_000,
  });
}
