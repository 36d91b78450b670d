import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Says yes to what a station asked for. */
export function useConfirmAppointment(appointmentId: AppointmentId) {
  return useScheduleChange((input: { version: number }, operationId) =>
    call(contract.confirmAppointment, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
