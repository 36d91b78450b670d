import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Oblasts and cities of the republic. */
export function useRegions() {
  return useQuery({
    queryKey: ['regions'],
    queryFn: async ({ signal }) => (await call(contract.listRegions, undefined, { signal })).regions,
    staleTime: 60 * 60_000,
  });
}
