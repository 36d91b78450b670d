import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Books a slot for a request, also for one that waits. */
export function useBookAppointment() {
  return useScheduleChange(
    (input: Omit<EndpointCall<typeof contract.bookAppointment>['body'], 'operationId'>, operationId) =>
      call(contract.bookAppointment, { body: { ...input, operationId } }),
  );
}
