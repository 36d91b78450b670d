import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { call } from '../../../lib/api-client.ts';

export type View = z.infer<typeof contract.ConsultationView>;

/** The most the server gives at once. */
const PAGE = 200;

/** The caller's consultations; the socket announces changes, and the slow poll is for a link where it cannot. */
export function useConsultations(view: View, limit = 50) {
  return useQuery({
    queryKey: ['consultations', 'list', view, limit],
    queryFn: async ({ signal }) =>
      (await call(contract.listConsultations, { query: { view, limit } }, { signal })).consultations,
    refetchInterval: 30_000,
  });
}

/** The same page by page, for lists that are to lose nothing: `total` is null where it goes on too far to be counted. */
export function useConsultationPages(view: View, limit = PAGE) {
  return useInfiniteQuery({
    queryKey: ['consultations', 'pages', view, limit],
    queryFn: ({ pageParam, signal }) =>
      call(
        contract.listConsultations,
        { query: { view, limit, ...(pageParam !== undefined && { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: undefined as contract.ListPlace | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => {
      // Who moved from one page to another while they were fetched stands once.
      const byId = new Map(pages.flatMap(({ consultations }) => consultations).map((one) => [one.id, one]));
      return { consultations: [...byId.values()], total: pages.at(-1)?.total ?? null };
    },
    refetchInterval: 30_000,
  });
}
