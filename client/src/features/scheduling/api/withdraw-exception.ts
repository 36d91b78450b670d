import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

type Call = EndpointCall<typeof contract.withdrawException>;
type Input = Pick<Call, 'params'> & { readonly body: Omit<Call['body'], 'operationId'> };

/** Takes a closure, extra work or a whole substitution back. */
export function useWithdrawException() {
  return useScheduleChange(({ params, body }: Input, operationId) =>
    call(contract.withdrawException, { params, body: { ...body, operationId } }),
  );
}
