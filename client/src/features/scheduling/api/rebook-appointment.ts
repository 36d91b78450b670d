import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Another slot instead of a missed one. */
export function useRebookAppointment(appointmentId: AppointmentId) {
  return useScheduleChange(
    (input: Omit<EndpointCall<typeof contract.rebookAppointment>['body'], 'operationId'>, operationId) =>
      call(contract.rebookAppointment, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
