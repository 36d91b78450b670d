import * as contract from '@jaqyn/shared/consultations/consult-search.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Two letters are the least that is worth asking for. */
export const LEAST_LETTERS = 2;

/** What was written in the consults one may read, by the beginnings of words. */
export function useConsultSearch(q: string) {
  return useQuery({
    queryKey: ['consultations', 'texts', q],
    queryFn: ({ signal }) => call(contract.searchConsults, { query: { q, limit: 50 } }, { signal }),
    enabled: q.length >= LEAST_LETTERS,
    placeholderData: keepPreviousData,
  });
}
