import type { HoldId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export interface SlotChoice {
  readonly practitionerId: PractitionerId;
  readonly startsAt: Instant;
}

/** Keeps a slot for two minutes; the same id prolongs it, or moves it to another slot. */
export function useHoldSlot() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ holdId, practitionerId, startsAt }: SlotChoice & { holdId: HoldId }) =>
      call(contract.holdSlot, { params: { holdId }, body: { practitionerId, startsAt } }),
    // Refused: what is on the screen is old.
    onError: () => void queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
