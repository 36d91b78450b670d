import { describe, expect, test } from 'vitest';
import {
  type ChunkPlan,
  FIRST_CHUNK,
  pieceFor,
  planChunk,
  REQUEST_BYTES,
  restAfter,
  restUnder,
  secondsLeft,
} from './chunk-plan.ts';

/** Pieces sent over a line of so many bytes a second with so much delay a piece. */
function sendOver(
  rate: number,
  delayMs: number,
  pieces: number,
  isInCall = false,
  from: ChunkPlan = FIRST_CHUNK,
): ChunkPlan {
  let plan = from;
  for (let piece = 0; piece < pieces; piece += 1) {
    plan = planChunk(plan, { bytes: plan.bytes, ms: delayMs + (plan.bytes / rate) * 1000 }, isInCall);
  }
  return plan;
}

describe('pieces of an upload', () => {
  test('begin with 16 kB and at most double', () => {
    expect(FIRST_CHUNK.bytes).toBe(16 * 1024);
    expect(sendOver(10_000_000, 5, 1).bytes).toBe(32 * 1024);
    expect(sendOver(10_000_000, 5, 2).bytes).toBe(64 * 1024);
  });

  test('come to what a line carries in three seconds, whichever line', () => {
    expect(sendOver(16_000, 300, 10).bytes / 16_000).toBeLessThan(3);
    expect(sendOver(16_000, 300, 10).bytes).toBeGreaterThan(16_000);
    expect(sendOver(50_000_000, 5, 30).bytes).toBe(4 * 1024 * 1024);
  });

  test('get small at once on a line that got slow, and never nothing', () => {
    const fast = sendOver(1_000_000, 20, 12);
    expect(planChunk(fast, { bytes: fast.bytes, ms: 120_000 }, false).bytes).toBeLessThan(fast.bytes / 20);
    expect(sendOver(10, 1000, 20).bytes).toBe(4 * 1024);
  });

  test('beside a call are short bursts, and two thirds of the time are the call’s', () => {
    const plan = sendOver(32_000, 50, 10, true);
    expect(plan.bytes / 32_000).toBeLessThanOrEqual(0.3);
    expect(restAfter(400, true)).toBe(800);
    expect(restAfter(400, false)).toBe(0);
    expect(secondsLeft({ bytes: 1, rate: 1000 }, 10_000, true)).toBe(30);
    expect(secondsLeft(FIRST_CHUNK, 10_000, false)).toBeUndefined();
  });
});

describe('beside a call that says what it can spare', () => {
  test('no piece is a longer burst than a voice can wait for, and no more goes than the budget', () => {
    for (const budget of [90_000, 400_000, 5_000_000]) {
      const bytes = pieceFor(budget);
      expect((bytes * 8000) / budget).toBeLessThanOrEqual(201);
      // A line that takes it in no time, and one that takes longer than the budget allows.
      expect(restUnder(budget, { bytes, ms: 0 })).toBeCloseTo(((bytes + REQUEST_BYTES) * 8000) / budget, 3);
      expect(restUnder(budget, { bytes, ms: 20_000 })).toBe(0);
    }
  });

  test('something goes although nothing is spare, or the file would never come', () => {
    expect(pieceFor(0)).toBe(2048);
    expect(restUnder(0, { bytes: 2048, ms: 600 })).toBeLessThanOrEqual(10_000);
  });
});
