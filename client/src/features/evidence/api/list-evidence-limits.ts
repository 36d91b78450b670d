import * as contract from '@jaqyn/shared/evidence/evidence-limit.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** By what consults are judged payable, and was before. */
export function useEvidenceLimits() {
  return useQuery({
    queryKey: ['evidence-limits'],
    queryFn: ({ signal }) => call(contract.listEvidenceLimits, undefined, { signal }),
  });
}
