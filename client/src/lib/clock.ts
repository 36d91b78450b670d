import { useSyncExternalStore } from 'react';
import { createStore } from './store.ts';

/**
 * Old PCs have clocks that are minutes off, and a waiting time must not be: every answer of the server carries its
 * time in the Date header (whole seconds), and what is shown counts from there.
 */
let offsetMs = 0;

export function noteServerDate(header: string | null): void {
  const server = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(server)) return;
  const measured = server - Date.now();
  // The header has whole seconds and travelled for a while: less than 2 s apart means the clocks agree.
  offsetMs = Math.abs(measured) < 2000 ? 0 : measured;
}

/** Milliseconds since 1970 by the server's clock, as far as it is known. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

const second = createStore(0);
const halfSecond = createStore(0);
let timer: ReturnType<typeof setInterval> | undefined;
let readers = 0;

function subscribeToSeconds(listener: () => void): () => void {
  const unsubscribe = second.subscribe(listener);
  readers += 1;
  timer ??= setInterval(() => second.set(Math.floor(serverNow() / 1000)), 250);
  return () => {
    unsubscribe();
    readers -= 1;
    if (readers === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time in whole seconds; the component renders again each second. One timer serves all of them. */
export function useNowSeconds(): number {
  return useSyncExternalStore(subscribeToSeconds, () => Math.floor(serverNow() / 1000));
}

function subscribeToHalfSeconds(listener: () => void): () => void {
  const unsubscribe = halfSecond.subscribe(listener);
  const ticking = setInterval(() => halfSecond.set(performance.now()), 500);
  return () => {
    clearInterval(ticking);
    unsubscribe();
  };
}

const subscribeToNothing = () => () => undefined;

/** Whole seconds since a moment of `performance.now()`; renders again while `isCounting`. Not touched by a clock being set. */
export function useSecondsSince(since: number, isCounting: boolean): number {
  return useSyncExternalStore(isCounting ? subscribeToHalfSeconds : subscribeToNothing, () =>
    isCounting ? Math.max(0, Math.floor((performance.now() - since) / 1000)) : 0,
  );
}
