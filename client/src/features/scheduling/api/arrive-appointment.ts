import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** The patient is at the station. */
export function useArrive(appointmentId: AppointmentId) {
  return useScheduleChange((input: { version: number }, operationId) =>
    call(contract.arriveAppointment, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
