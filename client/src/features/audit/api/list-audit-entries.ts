import type { AuditKind } from '@jaqyn/shared/audit/audit.contract';
import * as contract from '@jaqyn/shared/audit/audit.contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export interface AuditQuestion {
  readonly number: string;
  readonly person: string;
  readonly kind: AuditKind;
}

/** Pages of the log, the newest first. */
export function useAuditEntries(question: AuditQuestion) {
  return useInfiniteQuery({
    queryKey: ['audit-entries', question],
    queryFn: ({ pageParam, signal }) =>
      call(
        contract.listAuditEntries,
        { query: { ...question, ...(pageParam !== undefined && { before: pageParam }) } },
        { signal },
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // Each look is an entry of its own: nothing is asked again by itself.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
