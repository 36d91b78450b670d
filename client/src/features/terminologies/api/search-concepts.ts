import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/terminologies/terminology.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What fits the text; without one what is recent and frequent. Asked once for each text, and given up when the text changes. */
export function useConcepts(
  text: string,
  { specialty, isWanted }: { specialty: SpecialtyCode | null; isWanted: boolean },
) {
  const q = text.trim();
  return useQuery({
    queryKey: ['icd-10', specialty, q],
    queryFn: async ({ signal }) =>
      (await call(contract.searchConcepts, { query: { q, ...(specialty && { specialty }) } }, { signal })).concepts,
    enabled: isWanted,
    staleTime: 10 * 60_000,
    gcTime: 60 * 60_000,
    placeholderData: keepPreviousData,
  });
}
