import type { PractitionerId, StationId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/board.contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Whose day; a station and a specialist get their own without saying so. */
export interface DayOwner {
  readonly practitionerId?: PractitionerId;
  readonly stationId?: StationId;
}

export function dayListQuery(day: CalendarDate, owner: DayOwner = {}) {
  return queryOptions({
    queryKey: ['schedule', 'appointments', 'day', day, owner],
    queryFn: async ({ signal }) => (await call(contract.getDayList, { query: { day, ...owner } }, { signal })).entries,
    // The socket announces changes; this is for when it could not.
    refetchInterval: 60_000,
  });
}

/** The day in the order of time, with what is missing and what comes next. */
export function useDayList(day: CalendarDate, owner?: DayOwner) {
  return useQuery(dayListQuery(day, owner));
}
