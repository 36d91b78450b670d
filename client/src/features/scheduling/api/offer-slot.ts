import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { AppointmentId, HoldId } from '@jaqyn/shared/kernel/ids';
import { releaseSlot } from '@jaqyn/shared/scheduling/appointment.contract';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

type Input = Omit<EndpointCall<typeof contract.offerSlot>['body'], 'operationId'> & {
  readonly appointmentId: AppointmentId;
  /** The caller's hold of this slot: the offer takes its place. */
  readonly holdId: HoldId;
};

/** Offers a free slot to a waiter; it is theirs until the offer expires. */
export function useOfferSlot() {
  return useScheduleChange(async ({ appointmentId, holdId, ...body }: Input, operationId) => {
    await call(releaseSlot, { params: { holdId } });
    return call(contract.offerSlot, { params: { appointmentId }, body: { ...body, operationId } });
  });
}
