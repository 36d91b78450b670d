import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import { useScheduleChange } from './schedule-change.ts';

/** Books all dates of a series or none. */
export function useBookSeries() {
  return useScheduleChange(
    (input: Omit<EndpointCall<typeof contract.bookSeries>['body'], 'operationId'>, operationId) =>
      call(contract.bookSeries, { body: { ...input, operationId } }),
  );
}
