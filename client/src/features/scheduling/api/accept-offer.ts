import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Takes the offered slot. */
export function useAcceptOffer(appointmentId: AppointmentId) {
  return useScheduleChange((input: { version: number }, operationId) =>
    call(contract.acceptOffer, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
