import type { StationId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/link-checks/link-check.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** The network diary; without a station the caller's own. */
export function useLinkChecks(days: number, stationId?: StationId) {
  return useQuery({
    queryKey: ['link-checks', 'diary', stationId ?? 'own', days],
    queryFn: ({ signal }) =>
      call(contract.listLinkChecks, { query: { days, ...(stationId !== undefined && { stationId }) } }, { signal }),
  });
}
