import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Puts a request on the waiting list with its wishes. */
export function useJoinWaitlist() {
  return useScheduleChange(
    (input: Omit<EndpointCall<typeof contract.joinWaitlist>['body'], 'operationId'>, operationId) =>
      call(contract.joinWaitlist, { body: { ...input, operationId } }),
  );
}
