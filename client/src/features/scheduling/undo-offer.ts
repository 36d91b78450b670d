import type { AppointmentId, OperationId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Receipt } from '@jaqyn/shared/scheduling/operation.contract';
import { createStore } from '../../lib/store.ts';

/** The last own change, said in words, and until when it can be taken back. */
export interface UndoOffer {
  readonly operationId: OperationId;
  /** Null: it cannot, and is only said. */
  readonly until: Instant | null;
  /** What was changed; the focus goes there where it has nothing else. */
  readonly appointmentIds: readonly AppointmentId[];
  /** What was done, "Booked: 24 November, 09:00", in whatever language the screen has when it is asked. */
  readonly words: () => string;
}

/** Whole seconds that are left by the server's clock; 0: it is over. */
export function undoSecondsLeft(until: Instant, nowSeconds: number): number {
  return Math.max(0, Math.ceil(Date.parse(until) / 1000) - nowSeconds);
}

/** One at a time: a newer change takes the place of the older one's offer. */
export const undoOffer = createStore<UndoOffer | null>(null);

/** Says what was done, and offers to take it back where the server allows it. */
export function offerUndo(receipt: Receipt, words: () => string): void {
  const appointmentIds = receipt.appointments.map(({ id }) => id);
  undoOffer.set({ operationId: receipt.operationId, until: receipt.undoUntil, appointmentIds, words });
}
