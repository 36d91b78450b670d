import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { NotificationData } from '@jaqyn/shared/signalling/events';

/**
 * Which calls ring for this specialist. Two sources say so, the socket at once and the list over HTTP with a delay, and an
 * answer of the list may be older than a word on the socket. Moments count what happened here in order; they are no times.
 */
export type Moment = number;

let last: Moment = 0;
export function nextMoment(): Moment {
  last += 1;
  return last;
}

export type RingStart = NotificationData<'ring:started'>;

export interface RingMemory {
  /** What rings now; the announcement is there when the socket has said it. */
  readonly rings: ReadonlyMap<RequestId, RingStart | null>;
  readonly startedAt: ReadonlyMap<RequestId, Moment>;
  readonly stoppedAt: ReadonlyMap<RequestId, Moment>;
}

export const NO_RINGS: RingMemory = { rings: new Map(), startedAt: new Map(), stoppedAt: new Map() };

/** `ring:started`. */
export function noteStarted(memory: RingMemory, start: RingStart, at: Moment): RingMemory {
  const id = start.requestId;
  return {
    rings: new Map(memory.rings).set(id, start),
    startedAt: new Map(memory.startedAt).set(id, at),
    stoppedAt: memory.stoppedAt,
  };
}

/** `ring:stopped`, or this page's own answer to the call: silent at once. */
export function noteStopped(memory: RingMemory, requestId: RequestId, at: Moment): RingMemory {
  const rings = new Map(memory.rings);
  rings.delete(requestId);
  return { ...memory, rings, stoppedAt: new Map(memory.stoppedAt).set(requestId, at) };
}

/** The list, asked for at `askedAt`. It knows best but for what the socket has said since. */
export function noteList(memory: RingMemory, ringing: readonly RequestId[], askedAt: Moment): RingMemory {
  const rings = new Map<RequestId, RingStart | null>();
  for (const id of ringing) {
    if ((memory.stoppedAt.get(id) ?? 0) < askedAt) rings.set(id, memory.rings.get(id) ?? null);
  }
  for (const [id, start] of memory.rings) {
    if ((memory.startedAt.get(id) ?? 0) > askedAt) rings.set(id, start);
  }
  return isSameSet(rings, memory.rings) ? memory : { ...memory, rings };
}

function isSameSet(one: ReadonlyMap<RequestId, unknown>, other: ReadonlyMap<RequestId, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((id) => other.has(id));
}
