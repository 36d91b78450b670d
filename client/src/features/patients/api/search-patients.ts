import * as contract from '@jaqyn/shared/patients/patient.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** The most the server gives. */
export const MOST_PATIENTS = 50;

/** Patients by IIN, name or birth date; for an empty text the station's recent ones. */
export function usePatients(q: string, limit = 20) {
  return useQuery({
    queryKey: ['patients', 'search', q, limit],
    queryFn: ({ signal }) => call(contract.searchPatients, { query: { q, limit } }, { signal }),
    placeholderData: keepPreviousData,
  });
}
