import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

type Call = EndpointCall<typeof contract.saveClosure>;
type Input = Pick<Call, 'params'> & { readonly body: Omit<Call['body'], 'operationId'> };

/** Enters a leave or hours off, with a substitute in the same action. */
export function useSaveClosure() {
  return useScheduleChange(({ params, body }: Input, operationId) =>
    call(contract.saveClosure, { params, body: { ...body, operationId } }),
  );
}
