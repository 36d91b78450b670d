/**
 * What a sender sees of its own way when nobody can tell how its sound arrives, since it sends none: a muted microphone. The round trip to the server says whether a queue grows
 * on this side; the far side's is watched by the server (`sender:limited`). Pure.
 */

import type { RateReport } from './queue-growth.ts';
import { RATE } from './send-rate.ts';

export interface OwnWay {
  /** Round trips, oldest first. */
  readonly trips: readonly { readonly at: number; readonly rttMs: number }[];
}

export const UNKNOWN_WAY: OwnWay = { trips: [] };

/** The shortest of so long is the way without a queue. */
const WINDOW_MS = 60_000;

/** Once a second; `now` in ms of the caller's clock. Nothing was measured: as it was. */
export function noteTrip({ trips }: OwnWay, now: number, rttMs: number | undefined): OwnWay {
  const fresh = trips.filter(({ at }) => now - at < WINDOW_MS);
  return { trips: rttMs === undefined ? fresh : [...fresh, { at: now, rttMs }] };
}

/** Stands in for a receiver's report: keeps the rate, or cuts it, but never proves more. Undefined where no trip is known. */
export function reportOfOwnWay({ trips }: OwnWay, sentBps: number): RateReport | undefined {
  const last = trips.at(-1);
  if (last === undefined) return undefined;
  const sorted = trips.map(({ rttMs }) => rttMs).sort((a, b) => a - b);
  const shortest = sorted[0] ?? last.rttMs;
  const usual = sorted[Math.floor(sorted.length / 2)] ?? last.rttMs;
  // A way that trembles is never as short as its shortest trip: that is no queue.
  const jitterMs = (usual - shortest) / 2;
  const queueMs = Math.max(RATE.targetQueueMs + RATE.jitterShare * jitterMs, last.rttMs - shortest);
  return { queueMs, jitterMs, receivedBps: sentBps, rttMs: last.rttMs };
}
