import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What is to be done for patients, or was done: of one's own station, or of a coordinator's oblast. */
export function useCareTasks(status: 'open' | 'done', region?: string, limit = 200) {
  return useQuery({
    // Under `consultations`: each change of a task is told as a change of its request.
    queryKey: ['consultations', 'care-tasks', status, region ?? null, limit],
    queryFn: ({ signal }) => call(contract.listCareTasks, { query: { status, region, limit } }, { signal }),
    placeholderData: keepPreviousData,
  });
}
