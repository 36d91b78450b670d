import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Begins the booked call: both sides may enter the room. */
export function useStartAppointment(appointmentId: AppointmentId) {
  return useScheduleChange((input: { version: number }, operationId) =>
    call(contract.startAppointment, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
