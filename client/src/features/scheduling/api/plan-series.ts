import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export type SeriesQuestion = EndpointCall<typeof contract.planSeries>['body'];

/** The dates of a series with what stands against each; nothing is kept, so it is asked like a question. */
export function useSeriesPlan(question: SeriesQuestion) {
  return useQuery({
    queryKey: ['schedule', 'series', question],
    queryFn: async ({ signal }) => (await call(contract.planSeries, { body: question }, { signal })).items,
  });
}
