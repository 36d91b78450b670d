import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Templates in force or to come, exceptions and sessions of at most 62 days. */
export function useRoster(practitionerId: PractitionerId, from: CalendarDate, to: CalendarDate) {
  return useQuery({
    queryKey: ['schedule', 'roster', practitionerId, from, to],
    queryFn: ({ signal }) => call(contract.getRoster, { params: { practitionerId }, query: { from, to } }, { signal }),
    placeholderData: (before, query) => (query?.queryKey[2] === practitionerId ? keepPreviousData(before) : undefined),
  });
}
