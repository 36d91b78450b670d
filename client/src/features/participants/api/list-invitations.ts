import * as contract from '@jaqyn/shared/consultations/participant.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Calls that I am asked into. A call begins and ends without this person being told: while there is one it is asked again now and then. */
export function useInvitations() {
  return useQuery({
    queryKey: ['participants', 'mine'],
    queryFn: async ({ signal }) => (await call(contract.listInvitations, undefined, { signal })).invitations,
    refetchInterval: ({ state }) => (state.data?.length ? 20_000 : false),
  });
}
