import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { LicenceStanding } from '@jaqyn/shared/staff/licence';
import * as contract from '@jaqyn/shared/staff/licence.contract';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Who may consult by their licences, by name, page by page. */
export function useLicences(q: string, standing: LicenceStanding | undefined) {
  return useInfiniteQuery({
    queryKey: ['licences', q, standing ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(contract.listLicences, { query: { q, standing, after: pageParam, limit: 20 } }, { signal }),
    initialPageParam: undefined as PractitionerId | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => {
      const last = pages.at(-1);
      return { people: pages.flatMap(({ people }) => people), total: last?.total ?? 0, counts: last?.counts };
    },
    placeholderData: keepPreviousData,
  });
}

export function useAddLicence() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.addLicence>) => call(contract.addLicence, input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['licences'] }),
  });
}

export function useWithdrawLicence() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.withdrawLicence>) => call(contract.withdrawLicence, input),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['licences'] }),
  });
}
