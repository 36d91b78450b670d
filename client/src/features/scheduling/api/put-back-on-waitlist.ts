import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Gives the slot back; the patient waits for another. */
export function usePutBackOnWaitlist(appointmentId: AppointmentId) {
  return useScheduleChange((input: { version: number }, operationId) =>
    call(contract.putBackOnWaitlist, { params: { appointmentId }, body: { ...input, operationId } }),
  );
}
