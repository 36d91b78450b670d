import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps } from './local-day.ts';
import { freeSlots, markSlots, type TakenSpan } from './slot.ts';

const slots = [0, 20, 40, 60].map((from) => ({ from, to: from + 20 }));

describe('slots', () => {
  it('are free, held or busy; busy goes before held', () => {
    const taken: TakenSpan[] = [
      { from: 20, to: 40, isTentative: true },
      { from: 35, to: 45, isTentative: false },
    ];
    expect(markSlots(slots, taken).map(({ state }) => state)).toEqual(['free', 'busy', 'busy', 'free']);
    expect(markSlots(slots, taken.slice(0, 1)).map(({ state }) => state)).toEqual([
      'free',
      'busy-tentative',
      'free',
      'free',
    ]);
  });

  it('that have begun are not offered', () => {
    expect(freeSlots(slots, [], 20).map(({ from }) => from)).toEqual([20, 40, 60]);
    expect(freeSlots(slots, [], 21).map(({ from }) => from)).toEqual([40, 60]);
  });

  it('say the same as asking each slot for itself', () => {
    const anyTaken = fc.array(
      fc.record({
        from: fc.integer({ min: -20, max: 90 }),
        length: fc.integer({ min: 1, max: 50 }),
        isTentative: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(anyTaken, (spans) => {
        const taken = spans.map(({ from, length, isTentative }) => ({ from, to: from + length, isTentative }));
        for (const { from, to, state } of markSlots(slots, taken)) {
          const on = taken.filter((span) => overlaps(span, { from, to }));
          const expected = on.some(({ isTentative }) => !isTentative)
            ? 'busy'
            : on.length > 0
              ? 'busy-tentative'
              : 'free';
          expect(state).toBe(expected);
        }
      }),
    );
  });
});
