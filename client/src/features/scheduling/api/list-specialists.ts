import type { PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/board.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export interface SpecialistFilter {
  /** Monday of the week that is counted. */
  readonly from: CalendarDate;
  readonly q?: string | undefined;
  readonly specialty?: SpecialtyCode | undefined;
  readonly region?: string | undefined;
  readonly practitionerId?: PractitionerId | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** Specialists with how full their week is: the rows of the board without what stands on them. */
export function useSpecialists(filter: SpecialistFilter, isEnabled = true) {
  const { from, q = '', specialty, region, practitionerId, offset = 0, limit = 40 } = filter;
  return useQuery({
    queryKey: ['schedule', 'specialists', { from, q, specialty, region, practitionerId, offset, limit }],
    queryFn: async ({ signal }) => {
      const query = { from, days: 7, q, specialty, region, practitionerIds: practitionerId, offset, limit };
      const { rows, total } = await call(contract.getBoard, { query }, { signal });
      return { rows, total };
    },
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}
