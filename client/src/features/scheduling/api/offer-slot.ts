import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

type Input = Omit<EndpointCall<typeof contract.offerSlot>['body'], 'operationId'> & {
  readonly appointmentId: AppointmentId;
};

/** Offers a slot to a waiter, in place of the caller's hold of it; it is theirs until the offer expires. */
export function useOfferSlot() {
  return useScheduleChange(({ appointmentId, ...body }: Input, operationId) =>
    call(contract.offerSlot, { params: { appointmentId }, body: { ...body, operationId } }),
  );
}
