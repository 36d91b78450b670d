import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/board.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Slots of one specialist that nobody has, of at most 31 days. */
export function useFreeSlots(practitionerId: PractitionerId, from: CalendarDate, to: CalendarDate) {
  return useQuery({
    queryKey: ['schedule', 'free-slots', practitionerId, from, to],
    queryFn: async ({ signal }) => {
      const { slots } = await call(contract.listSlots, { query: { practitionerId, from, to } }, { signal });
      return slots.filter(({ state }) => state === 'free');
    },
  });
}
