import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Gives the slot back; the request stays. */
export function useCancelAppointment(appointmentId: AppointmentId) {
  return useScheduleChange((input: { version: number; reason: contract.CancelReason; note: string }, operationId) =>
    call(contract.cancelAppointment, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
