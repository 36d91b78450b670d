/** FHIR Slot: free, busy-tentative (somebody holds it for a while) or busy. */
import type { Minute, Span } from './local-day.ts';

export const SLOT_STATES = ['free', 'busy-tentative', 'busy'] as const;
export type SlotState = (typeof SLOT_STATES)[number];

/** A specialist's time that somebody has. */
export interface TakenSpan extends Span {
  /** A hold, or an offer that waits for its answer: it ends by itself. */
  readonly isTentative: boolean;
}

export interface SlotWithState extends Span {
  readonly state: SlotState;
}

/** The slots with who has them; both lists may be in any order. */
export function markSlots(slots: readonly Span[], taken: readonly TakenSpan[]): SlotWithState[] {
  const spans = [...taken].sort((a, b) => a.from - b.from);
  let first = 0;
  return [...slots]
    .sort((a, b) => a.from - b.from)
    .map((slot) => {
      while (first < spans.length && (spans[first]?.to ?? 0) <= slot.from) first += 1;
      let state: SlotState = 'free';
      for (let index = first; index < spans.length; index += 1) {
        const span = spans[index];
        if (span === undefined || span.from >= slot.to) break;
        if (span.to <= slot.from) continue;
        if (!span.isTentative) {
          state = 'busy';
          break;
        }
        state = 'busy-tentative';
      }
      return { from: slot.from, to: slot.to, state };
    });
}

/** Free slots that have not begun. */
export function freeSlots(slots: readonly Span[], taken: readonly TakenSpan[], now: Minute): Span[] {
  return markSlots(slots, taken)
    .filter(({ from, state }) => state === 'free' && from >= now)
    .map(({ from, to }) => ({ from, to }));
}
