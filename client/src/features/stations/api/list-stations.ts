import * as contract from '@jaqyn/shared/stations/station.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Stations the signed-in person may see. */
export function useStations() {
  return useQuery({
    queryKey: ['stations', 'list'],
    queryFn: async ({ signal }) => (await call(contract.listStations, undefined, { signal })).stations,
    staleTime: 10 * 60_000,
  });
}
