import * as contract from '@jaqyn/shared/patients/duplicate.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Cards that may be of the person who is being registered; asked once there is enough to tell by. */
export function useLikelyDuplicates(identity: contract.Identity, isWanted: boolean) {
  return useQuery({
    queryKey: ['patients', 'duplicates', identity],
    queryFn: async ({ signal }) => (await call(contract.findDuplicates, { body: identity }, { signal })).duplicates,
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
}
