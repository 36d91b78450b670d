import type { PractitionerId, RosterEntryId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What taking an entry off the roster would touch, with its whole substitution. */
export function useWithdrawalPreview(params: {
  readonly practitionerId: PractitionerId;
  readonly exceptionId: RosterEntryId;
}) {
  return useQuery({
    queryKey: ['schedule', 'withdrawal-preview', params],
    queryFn: ({ signal }) => call(contract.previewWithdrawal, { params }, { signal }),
    staleTime: 0,
  });
}
