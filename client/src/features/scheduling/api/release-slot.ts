import type { HoldId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';

/** Lets a held slot go; resolves when that is done or could not be said: then the hold ends by itself. */
export async function slotReleased(holdId: HoldId): Promise<void> {
  await call(contract.releaseSlot, { params: { holdId } }).catch(() => {
    // The hold runs out.
  });
}

/** The same where nothing waits for it. */
export function releaseSlot(holdId: HoldId): void {
  void slotReleased(holdId);
}
