import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

type Call = EndpointCall<typeof contract.endTemplate>;
type Input = Pick<Call, 'params'> & { readonly body: Omit<Call['body'], 'operationId'> };

/** Lets a template apply until a day. */
export function useEndTemplate() {
  return useScheduleChange(({ params, body }: Input, operationId) =>
    call(contract.endTemplate, { params, body: { ...body, operationId } }),
  );
}
