import type { Instant } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/notices/notice.contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

const PAGE = 30;

/** How many of my notices are unread. Asked again when one arrives; now and then also without. */
export function useUnreadNotices() {
  return useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: async ({ signal }) => (await call(contract.listNotices, { query: { limit: 1 } }, { signal })).unread,
    refetchInterval: 300_000,
  });
}

/** My notices, newest first, a page at a time. */
export function useNotices() {
  return useInfiniteQuery({
    queryKey: ['notices', 'mine'],
    queryFn: async ({ pageParam, signal }) =>
      call(contract.listNotices, { query: { limit: PAGE, ...(pageParam && { before: pageParam }) } }, { signal }),
    initialPageParam: undefined as Instant | undefined,
    getNextPageParam: ({ notices }) => (notices.length < PAGE ? undefined : notices.at(-1)?.at),
  });
}
