import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/day-end.contract';
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api-client.ts';

interface Question {
  readonly list: contract.DayEndList;
  readonly day: CalendarDate;
  readonly region: string | undefined;
  /** Its first page, which comes with those of the other lists. */
  readonly first: contract.DayEndPage;
}

/** One list of the end of a day: its first page, and from the first "more" on page by page. */
export function useDayEndList({ list, day, region, first }: Question) {
  const queryClient = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const queryKey = ['schedule', 'day-end', day, region ?? null, list];
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      call(
        contract.listDayEnd,
        { params: { list }, query: { day, region, ...(pageParam !== undefined && { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: undefined as contract.DayEndPlace | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: isAsked,
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
  const shown = (isAsked ? pages.data?.pages : undefined) ?? [first];
  // Who moved from one page to another while they were fetched stands once.
  const entries = [
    ...new Map(shown.flatMap((page) => page.entries).map((one) => [one.requestId + one.since, one])).values(),
  ];
  return {
    entries,
    total: shown.at(-1)?.total ?? 0,
    hasMore: shown.at(-1)?.next != null,
    isBusy: pages.isFetchingNextPage,
    error: pages.error,
    more: () => {
      if (!isAsked) {
        queryClient.setQueryData<InfiniteData<contract.DayEndPage, contract.DayEndPlace | undefined>>(queryKey, {
          pages: [first],
          pageParams: [undefined],
        });
        setIsAsked(true);
      }
      void pages.fetchNextPage();
    },
  };
}
