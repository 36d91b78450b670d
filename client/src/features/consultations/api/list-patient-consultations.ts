import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Consultations of one patient that the caller may see, newest first. */
export function usePatientConsultations(patientId: PatientId | undefined) {
  return useQuery({
    queryKey: ['consultations', 'list', 'patient', patientId],
    queryFn: async ({ signal }) =>
      (await call(contract.listConsultations, { query: { view: 'recent', patientId, limit: 20 } }, { signal }))
        .consultations,
    enabled: patientId !== undefined,
  });
}
