import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Another slot, perhaps of another specialist. */
export function useMoveAppointment(appointmentId: AppointmentId) {
  return useScheduleChange(
    (input: Omit<EndpointCall<typeof contract.moveAppointment>['body'], 'operationId'>, operationId) =>
      call(contract.moveAppointment, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
