import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Services that can be booked, retired ones too. */
export function useServices() {
  return useQuery({
    queryKey: ['schedule', 'services'],
    queryFn: async ({ signal }) => (await call(contract.listServices, undefined, { signal })).services,
    staleTime: 60_000,
  });
}
