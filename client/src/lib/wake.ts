/**
 * The page was asleep: the lid was closed, or the browser froze the tab. Timers and the network stood still meanwhile, so whatever
 * waited for an answer waits in vain.
 */

const TICK_MS = 1000;
/** A busy computer is late by a second or two, and a tab in the background is woken once a second. */
const ASLEEP_MS = 4000;

type Listener = (sleptMs: number) => void;

const listeners = new Set<Listener>();
let timer: ReturnType<typeof setInterval> | undefined;
let lastTick = 0;

/** By the wall clock: the other one stands still with the lid closed. A clock that was set forward looks the same, and does no harm. */
function tick(): void {
  const now = Date.now();
  const slept = now - lastTick - TICK_MS;
  lastTick = now;
  if (slept >= ASLEEP_MS) for (const listener of [...listeners]) listener(slept);
}

function start(): void {
  lastTick = Date.now();
  timer = setInterval(tick, TICK_MS);
  // The browser says so before the next timer comes.
  globalThis.document?.addEventListener('resume', tick);
  globalThis.document?.addEventListener('visibilitychange', tick);
  globalThis.addEventListener?.('pageshow', tick);
}

function stop(): void {
  clearInterval(timer);
  timer = undefined;
  globalThis.document?.removeEventListener('resume', tick);
  globalThis.document?.removeEventListener('visibilitychange', tick);
  globalThis.removeEventListener?.('pageshow', tick);
}

/** Calls with the ms that were slept; answers a function that stops listening. */
export function onWake(listener: Listener): () => void {
  listeners.add(listener);
  if (timer === undefined) start();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop();
  };
}
