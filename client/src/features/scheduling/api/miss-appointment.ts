import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** They did not meet, and why. */
export function useMissAppointment(appointmentId: AppointmentId) {
  return useScheduleChange((input: { version: number; cause: contract.NoShowCause; note: string }, operationId) =>
    call(contract.missAppointment, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
