import * as contract from '@jaqyn/shared/staff/staff.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Whether calls ring for the signed-in specialist: their own switch, and the roster. */
export function useMyAvailability() {
  return useQuery({
    queryKey: ['availability'],
    queryFn: ({ signal }) => call(contract.getMyAvailability, undefined, { signal }),
    // A shift begins and ends by the clock, and nobody announces it.
    refetchInterval: 60_000,
  });
}
