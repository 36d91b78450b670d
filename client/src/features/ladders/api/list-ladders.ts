import * as contract from '@jaqyn/shared/ladders/ladder.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useLadders() {
  return useQuery({
    queryKey: ['ladders'],
    queryFn: ({ signal }) => call(contract.listLadders, undefined, { signal }),
  });
}
