import * as contract from '@jaqyn/shared/system/system.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Whether the server can take consults; one that cannot answers 503, which comes as an error. */
export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => call(contract.getHealth, undefined, { signal }),
    refetchInterval: 15_000,
  });
}
