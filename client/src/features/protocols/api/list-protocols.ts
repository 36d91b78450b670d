import * as contract from '@jaqyn/shared/protocols/protocol.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What is asked for and looked for today; changes once in a while, so asked for once a session. */
export function useProtocols() {
  return useQuery({
    queryKey: ['protocols', 'in-force'],
    queryFn: async ({ signal }) => (await call(contract.listProtocols, undefined, { signal })).protocols,
    staleTime: 3_600_000,
  });
}
