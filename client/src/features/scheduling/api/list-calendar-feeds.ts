import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/calendar-feed.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Calendar addresses of a specialist; the secret part is never among them. */
export function useCalendarFeeds(practitionerId: PractitionerId) {
  return useQuery({
    queryKey: ['schedule', 'feeds', practitionerId],
    queryFn: async ({ signal }) =>
      (await call(contract.listCalendarFeeds, { params: { practitionerId } }, { signal })).feeds,
  });
}
