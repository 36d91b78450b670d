import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What is to be done at one's own station, the longest overdue first, as far as a first screen looks. */
export function useDueTasks() {
  return useQuery({
    // Under `consultations`: each change of a task is told as a change of its request.
    queryKey: ['consultations', 'care-tasks', 'due'],
    queryFn: ({ signal }) => call(contract.listCareTasks, { query: { status: 'open', limit: 20 } }, { signal }),
  });
}
