import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/waitlist.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Who of the waitlist fits a free slot, the best first, and why. */
export function useFits(practitionerId: PractitionerId, startsAt: Instant) {
  return useQuery({
    queryKey: ['schedule', 'fits', practitionerId, startsAt],
    queryFn: async ({ signal }) =>
      (await call(contract.listFits, { query: { practitionerId, startsAt, limit: 10 } }, { signal })).fits,
  });
}
