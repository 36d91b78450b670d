import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/board.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Slots of one specialist with their state, at most 31 days. Others book meanwhile: asked again while it is looked at. */
export function useSlots(practitionerId: PractitionerId, from: CalendarDate, to: CalendarDate) {
  return useQuery({
    queryKey: ['schedule', 'slots', practitionerId, from, to],
    queryFn: async ({ signal }) =>
      (await call(contract.listSlots, { query: { practitionerId, from, to } }, { signal })).slots,
    refetchInterval: 30_000,
  });
}
