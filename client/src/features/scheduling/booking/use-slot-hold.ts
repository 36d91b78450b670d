import type { HoldId } from '@jaqyn/shared/kernel/ids';
import { useEffect, useRef, useState } from 'react';
import { newId } from '../../../lib/ids.ts';
import { type SlotChoice, useHoldSlot } from '../api/hold-slot.ts';
import { releaseSlot, slotReleased } from '../api/release-slot.ts';
import type { SlotHold } from './slot-hold.ts';

/** A slot kept for this form: chosen, prolonged, let go; let go too when the form is left without a booking. */
export function useSlotHold() {
  const request = useHoldSlot();
  const [hold, setHold] = useState<SlotHold | null>(null);
  const held = useRef<HoldId | undefined>(undefined);

  useEffect(
    () => () => {
      if (held.current !== undefined) releaseSlot(held.current);
      held.current = undefined;
    },
    [],
  );

  function choose(choice: SlotChoice, onHeld?: (hold: SlotHold) => void) {
    // One hold a form: another slot moves it there.
    const holdId = held.current ?? (newId() as HoldId);
    held.current = holdId;
    request.mutate(
      { ...choice, holdId },
      {
        onSuccess: (answer) => {
          const next = { ...answer, practitionerId: choice.practitionerId };
          setHold(next);
          onHeld?.(next);
        },
      },
    );
  }

  return {
    hold,
    choose,
    /** The same slot for two minutes more. */
    prolong: () => hold !== null && choose(hold),
    /** The slot goes back to everybody. */
    release: async () => {
      const holdId = held.current;
      held.current = undefined;
      setHold(null);
      request.reset();
      if (holdId !== undefined) await slotReleased(holdId);
    },
    /** The booking has taken it: there is nothing to let go. */
    forget: () => {
      held.current = undefined;
      setHold(null);
    },
    /** The slot that is being asked for. */
    pending: request.isPending ? request.variables : undefined,
    error: request.error,
  };
}
