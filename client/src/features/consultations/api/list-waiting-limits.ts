import * as contract from '@jaqyn/shared/consultations/waiting-limit.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useWaitingLimits() {
  return useQuery({
    queryKey: ['waiting-limits'],
    queryFn: ({ signal }) => call(contract.listWaitingLimits, undefined, { signal }),
  });
}
