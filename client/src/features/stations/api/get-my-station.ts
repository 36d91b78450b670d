import * as contract from '@jaqyn/shared/stations/station.contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** The station of the signed-in feldsher: its name, telephone and the coordinator's. */
export function myStationQuery() {
  return queryOptions({
    queryKey: ['stations', 'mine'],
    queryFn: ({ signal }) => call(contract.getMyStation, undefined, { signal }),
    staleTime: 10 * 60_000,
  });
}

export function useMyStation(isEnabled = true) {
  return useQuery({ ...myStationQuery(), enabled: isEnabled });
}
