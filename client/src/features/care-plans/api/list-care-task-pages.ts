import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What is to be done for patients, or was done, page by page: of one's own station, or of a coordinator's oblast. */
export function useCareTaskPages(status: 'open' | 'done', region?: string) {
  return useInfiniteQuery({
    // Under `consultations`: each change of a task is told as a change of its request.
    queryKey: ['consultations', 'care-tasks', status, region ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(
        contract.listCareTasks,
        { query: { status, region, ...(pageParam !== undefined && { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: undefined as contract.CareTaskPlace | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => {
      // What was moved from one page to another while they were fetched stands once.
      const byId = new Map(pages.flatMap(({ tasks }) => tasks).map((task) => [task.id, task]));
      const { total = 0, overdue = 0, dueToday = 0 } = pages.at(-1) ?? {};
      return { tasks: [...byId.values()], total, overdue, dueToday };
    },
    placeholderData: keepPreviousData,
  });
}
