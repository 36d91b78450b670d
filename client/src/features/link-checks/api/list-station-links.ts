import * as contract from '@jaqyn/shared/link-checks/link-check.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** How the links of a coordinator's stations were when they were last checked, the worst first. */
export function useStationLinks() {
  return useQuery({
    queryKey: ['link-checks', 'stations'],
    queryFn: async ({ signal }) => (await call(contract.listStationLinks, undefined, { signal })).stations,
  });
}
