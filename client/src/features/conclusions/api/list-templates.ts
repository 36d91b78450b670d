import * as contract from '@jaqyn/shared/consultations/conclusion-template.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Templates that may be inserted: the own ones first. Kept for the day; they change seldom. */
export function useTemplates(isWanted: boolean) {
  return useQuery({
    queryKey: ['conclusion-templates'],
    queryFn: async ({ signal }) =>
      (await call(contract.listConclusionTemplates, {}, { signal })).templates.filter(({ isRetired }) => !isRetired),
    enabled: isWanted,
    staleTime: 10 * 60_000,
  });
}
