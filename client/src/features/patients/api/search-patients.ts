import * as contract from '@jaqyn/shared/patients/patient.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Patients by IIN, name or birth date; for an empty text the station's recent ones. */
export function usePatients(q: string, limit = 20) {
  return useQuery({
    queryKey: ['patients', 'search', q, limit],
    queryFn: async ({ signal }) => (await call(contract.searchPatients, { query: { q, limit } }, { signal })).patients,
    placeholderData: keepPreviousData,
  });
}
