import type { HoldId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';

/** Lets a held slot go. Nothing depends on the answer: without it the hold ends by itself. */
export function releaseSlot(holdId: HoldId): void {
  call(contract.releaseSlot, { params: { holdId } }).catch(() => {
    // The hold runs out.
  });
}
