import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

type Call = EndpointCall<typeof contract.saveExtra>;
type Input = Pick<Call, 'params'> & { readonly body: Omit<Call['body'], 'operationId'> };

/** Enters work on one day that no template has. */
export function useSaveExtra() {
  return useScheduleChange(({ params, body }: Input, operationId) =>
    call(contract.saveExtra, { params, body: { ...body, operationId } }),
  );
}
