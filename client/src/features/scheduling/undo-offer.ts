import type { OperationId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Receipt } from '@jaqyn/shared/scheduling/operation.contract';
import { createStore } from '../../lib/store.ts';

/** The last own change that can still be taken back. */
export interface UndoOffer {
  readonly operationId: OperationId;
  readonly until: Instant;
  /** What was done, in the language of the screen: "Booked: 24 November, 09:00". */
  readonly words: string;
}

/** One at a time: a newer change takes the place of the older one's offer. */
export const undoOffer = createStore<UndoOffer | null>(null);

/** Offers to take a change back, where the server allows it. */
export function offerUndo(receipt: Receipt, words: string): void {
  const { operationId, undoUntil } = receipt;
  undoOffer.set(undoUntil === null ? null : { operationId, until: undoUntil, words });
}
