import type { PatientId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { skipToken, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Appointments of a patient, newest first; nothing is asked while there is no patient. */
export function usePatientAppointments(patientId: PatientId | null) {
  return useQuery({
    queryKey: ['schedule', 'appointments', 'patient', patientId],
    queryFn:
      patientId === null
        ? skipToken
        : async ({ signal }) =>
            (await call(contract.listPatientAppointments, { params: { patientId } }, { signal })).appointments,
    refetchInterval: 60_000,
  });
}
