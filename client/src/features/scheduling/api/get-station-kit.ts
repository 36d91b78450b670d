import type { StationId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/service.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useStationKit(stationId: StationId) {
  return useQuery({
    queryKey: ['schedule', 'station-kit', stationId],
    queryFn: ({ signal }) => call(contract.getStationKit, { params: { stationId } }, { signal }),
  });
}
