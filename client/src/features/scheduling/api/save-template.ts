import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

type Call = EndpointCall<typeof contract.saveTemplate>;
type Input = Pick<Call, 'params'> & { readonly body: Omit<Call['body'], 'operationId'> };

/** Adds a template or replaces one from a day on. */
export function useSaveTemplate() {
  return useScheduleChange(({ params, body }: Input, operationId) =>
    call(contract.saveTemplate, { params, body: { ...body, operationId } }),
  );
}
