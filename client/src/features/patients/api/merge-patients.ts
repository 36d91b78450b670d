import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/patients/duplicate.contract';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useDuplicatePairs() {
  return useQuery({
    queryKey: ['patients', 'pairs'],
    queryFn: ({ signal }) => call(contract.listDuplicatePairs, undefined, { signal }),
  });
}

export function useMerges() {
  return useInfiniteQuery({
    queryKey: ['patients', 'merges'],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listMerges, { query: pageParam === undefined ? {} : { after: pageParam } }, { signal }),
    initialPageParam: undefined as contract.MergePlace | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => ({ merges: pages.flatMap(({ merges }) => merges), total: pages.at(-1)?.total ?? 0 }),
  });
}

export function useMergePreview(keptId: PatientId, mergedId: PatientId) {
  return useQuery({
    queryKey: ['patients', 'merge-preview', keptId, mergedId],
    queryFn: ({ signal }) => call(contract.previewMerge, { body: { keptId, mergedId } }, { signal }),
    // Both cards as they are when somebody decides.
    staleTime: 0,
    gcTime: 0,
  });
}

export function useMergePatients() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.mergePatients>['body']) => call(contract.mergePatients, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['patients'] }),
  });
}

export function useUndoMerge() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ mergeId, reason }: { mergeId: contract.PatientMerge['id']; reason: string }) =>
      call(contract.undoMerge, { params: { mergeId }, body: { reason } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['patients'] }),
  });
}
