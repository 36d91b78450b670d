import { useSyncExternalStore } from 'react';
import { sessionState } from './session.ts';

/**
 * Letters and signs that do something by themselves, without Ctrl or Alt. Whoever speaks to their computer, or types with unsteady hands,
 * sets them off without wanting to: each person can switch them off, on each computer (WCAG 2.1.4).
 */
export interface KeyPress {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: unknown;
}

const TYPED_INTO = 'input, textarea, select, dialog, [contenteditable]';

/** Where the key goes into a field, or a dialog is asking something. */
export function isTyping({ target }: Pick<KeyPress, 'target'>): boolean {
  const element = target as { closest?: (selector: string) => unknown } | null;
  return typeof element?.closest === 'function' && element.closest(TYPED_INTO) !== null;
}

/** Whether a key may act by itself: pressed alone, into no field, and not switched off. */
export function mayActAlone(event: KeyPress): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event) && areSingleKeysOn();
}

const readers = new Set<() => void>();

export function areSingleKeysOn(): boolean {
  try {
    const place = placeOfPerson();
    return place === undefined || localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(areOn: boolean): void {
  const place = placeOfPerson();
  if (place === undefined) return;
  try {
    if (areOn) localStorage.removeItem(place);
    else localStorage.setItem(place, 'off');
  } catch {
    // A browser that keeps nothing: they stay as they are.
  }
  for (const reader of [...readers]) reader();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, areSingleKeysOn);
}

/** Another tab of the same person counts as well. */
function subscribe(reader: () => void): () => void {
  readers.add(reader);
  addEventListener('storage', reader);
  return () => {
    readers.delete(reader);
    removeEventListener('storage', reader);
  };
}

function placeOfPerson(): string | undefined {
  const session = sessionState();
  return 'user' in session ? `jaqyn.single-keys.${session.user.id}` : undefined;
}
