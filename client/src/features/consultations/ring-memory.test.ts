import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, it } from 'vitest';
import { NO_RINGS, noteList, noteStarted, noteStopped, type RingMemory, type RingStart } from './ring-memory.ts';

const a = 'a' as RequestId;
const b = 'b' as RequestId;
const start = (requestId: RequestId) => ({ requestId }) as RingStart;
const ringing = (memory: RingMemory) => [...memory.rings.keys()];

describe('rings', () => {
  it('start by the socket and stop at once', () => {
    const started = noteStarted(noteStarted(NO_RINGS, start(a), 1), start(b), 2);
    expect(ringing(started)).toEqual([a, b]);
    expect(ringing(noteStopped(started, a, 3))).toEqual([b]);
  });

  it('start again from the list after a reload', () => {
    expect(ringing(noteList(NO_RINGS, [a], 1))).toEqual([a]);
  });

  it('an answer that was asked for before the stop does not ring again', () => {
    const stopped = noteStopped(noteStarted(NO_RINGS, start(a), 1), a, 3);
    expect(ringing(noteList(stopped, [a], 2))).toEqual([]);
  });

  it('a later rung of the same call rings again', () => {
    const stopped = noteStopped(noteStarted(NO_RINGS, start(a), 1), a, 2);
    expect(ringing(noteStarted(stopped, start(a), 3))).toEqual([a]);
    expect(ringing(noteList(stopped, [a], 4))).toEqual([a]);
  });

  it('an answer that was asked for before the start does not silence it', () => {
    const started = noteStarted(NO_RINGS, start(a), 5);
    expect(ringing(noteList(started, [], 4))).toEqual([a]);
  });

  it('a stop that was missed while away is learnt from the list', () => {
    const started = noteStarted(NO_RINGS, start(a), 1);
    expect(ringing(noteList(started, [], 2))).toEqual([]);
  });

  it('keeps what the socket said of a ring that the list confirms', () => {
    expect(noteList(noteStarted(NO_RINGS, start(a), 1), [a], 2).rings.get(a)).toEqual(start(a));
  });

  it('is the same object when the list says nothing new', () => {
    const memory = noteList(NO_RINGS, [a], 1);
    expect(noteList(memory, [a], 2)).toBe(memory);
  });
});
