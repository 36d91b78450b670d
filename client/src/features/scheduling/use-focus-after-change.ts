import { useEffect, useRef } from 'react';
import { type UndoOffer, undoOffer } from './undo-offer.ts';

const LOOK_MS = 150;
/** So many looks what was changed may take to be drawn in its new place. */
const PATIENCE = 3;

/**
 * What had the focus is often gone after a change: the pressed button, the dialog, the card that went to another day. While the change is
 * said, a focus that fell to nothing goes to what was changed, else to the heading, so that a keyboard and a reader stay where they were.
 */
export function useFocusAfterChange(offer: UndoOffer | null): void {
  /** By a key the page may scroll to its heading; under a hand with a mouse it stays where it is. */
  const isByKey = useRef(false);
  useEffect(() => {
    const note = ({ type }: Event) => {
      isByKey.current = type === 'keydown';
    };
    addEventListener('pointerdown', note, true);
    addEventListener('keydown', note, true);
    return () => {
      removeEventListener('pointerdown', note, true);
      removeEventListener('keydown', note, true);
    };
  }, []);

  useEffect(() => {
    if (offer === null) return;
    let isElsewhere = false;
    let looks = 0;
    /** Where it waits while what was changed is not drawn. */
    let waiting: HTMLElement | null = null;
    const look = () => {
      if (isElsewhere || isBusy()) return;
      const isLost = isNowhere();
      looks = isLost ? looks + 1 : 0;
      if (!isLost && document.activeElement !== waiting) return;
      const changed = findChanged(offer);
      if (changed) {
        changed.focus();
        waiting = null;
      } else if (looks >= PATIENCE) {
        waiting = findPlace();
        waiting?.focus({ preventScroll: !isByKey.current });
      }
    };
    // Who points knows where they are; only the bar itself goes away under the pointer.
    const onPointer = ({ target }: PointerEvent) => {
      isElsewhere = !(target instanceof Element && target.closest('[data-undo-bar]') !== null);
    };
    addEventListener('pointerdown', onPointer, true);
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', onPointer, true);
      // The bar itself may have had it until now; a newer change looks for itself.
      if (undoOffer.get() !== null) return;
      looks = PATIENCE;
      requestAnimationFrame(look);
    };
  }, [offer]);
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** A dialog is in front, or a button of the page waits for an answer. */
function isBusy(): boolean {
  return document.querySelector('dialog[open], button[aria-busy="true"]') !== null;
}

/** A card of a list, a cell of the board, or the button of a waiter's card. */
function findChanged({ appointmentIds }: UndoOffer): HTMLElement | null {
  const selectors = appointmentIds.flatMap((id) => [
    `[data-appointment="${id}"]`,
    `[role="gridcell"][data-carry="${id}"]`,
    `[data-carry="${id}"] button`,
  ]);
  return selectors.length === 0 ? null : document.querySelector(selectors.join());
}

/** Where nothing of it is on the page: the board, the list's heading, or the page's. */
function findPlace(): HTMLElement | null {
  const place =
    document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"], [data-after-change]') ??
    document.querySelector<HTMLElement>('main h1');
  if (place?.tagName === 'H1') place.tabIndex = -1;
  return place;
}
