import type { PractitionerId, RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What ending a window after a day would touch. */
export function useEndPreview(
  params: { readonly practitionerId: PractitionerId; readonly templateId: RosterEntryId },
  lastDay: CalendarDate | undefined,
) {
  return useQuery({
    queryKey: ['schedule', 'end-preview', params, lastDay],
    queryFn: ({ signal }) =>
      call(contract.previewEnd, { params, body: { lastDay: lastDay as CalendarDate } }, { signal }),
    enabled: lastDay !== undefined,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}
