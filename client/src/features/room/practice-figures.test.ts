import type { CallStep } from '@jaqyn/shared/media/call-step';
import { describe, expect, it } from 'vitest';
import {
  figuresOf,
  hasReturned,
  isMeasured,
  NO_FIGURES,
  type PracticeReading,
  progressOf,
} from './practice-figures.ts';
import type { RoomStats } from './room-client-stats.ts';

function statsAt(seconds: number, changes: Partial<RoomStats['recv']> = {}): RoomStats {
  return {
    way: 'tcp',
    send: {
      audioPackets: 17 * seconds,
      videoFrames: 10 * seconds,
      bytes: 8000 * seconds,
      rttMs: 600,
      availableBps: null,
      micLevel: 0.1,
    },
    recv: {
      audioPackets: 16 * seconds,
      framesDecoded: 9 * seconds,
      bytes: 7500 * seconds,
      packetsLost: seconds,
      audioLost: seconds,
      freezes: 0,
      frozenMs: 0,
      // All of it was made up in the first second, before anything had come.
      concealedSamples: 48_000 + 480 * seconds,
      totalSamples: 48_000 * (seconds + 1),
      jitterBufferMs: 100,
      buffered: { seconds: 0, samples: 0 },
      ...changes,
    },
  };
}

const readings = (length: number, stepAt: (seconds: number) => CallStep | undefined): PracticeReading[] =>
  Array.from({ length: 2 * length + 1 }, (_, i) => ({
    at: 1000 + 500 * i,
    stats: statsAt(i / 2),
    step: stepAt(i / 2),
  }));

describe('how long a practice call is looked at', () => {
  it.each<[number, (seconds: number) => CallStep | undefined, boolean]>([
    [6, () => 'sharp', false],
    [7, () => 'sharp', true],
    [9, (at) => (at < 7 ? 'small' : 'sharp'), false],
    [10.5, (at) => (at < 7 ? 'small' : 'sharp'), true],
    [14, () => 'still', false],
    [15, () => 'still', true],
    [15, () => undefined, true],
  ])('%s s: %s', (length, stepAt, isDone) => {
    expect(isMeasured(readings(length, stepAt))).toBe(isDone);
  });

  it('is a little longer while the rate still climbs, and no longer than that', () => {
    const climbing = (length: number) =>
      readings(length, () => 'small').map((reading, i) => ({
        ...reading,
        stats: { ...reading.stats, send: { ...reading.stats.send, bytes: 1000 * i ** 2 } },
      }));
    expect([15, 20, 24.5, 25].map((length) => isMeasured(climbing(length)))).toEqual([false, false, false, true]);
  });

  it('is not at all before anything came back', () => {
    expect(isMeasured([])).toBe(false);
    expect(progressOf([])).toBe(0);
    expect(progressOf(readings(3, () => 'small'))).toBeCloseTo(0.2);
    expect(hasReturned(statsAt(0))).toBe(false);
    expect(hasReturned(statsAt(0, { framesDecoded: 1 }))).toBe(true);
  });
});

describe('what it was like', () => {
  it('counts rates and pictures over its last seconds, losses from when it had settled', () => {
    expect(figuresOf(readings(15, (at) => (at < 8 ? 'voice' : 'small')))).toEqual({
      way: 'tcp',
      rttMs: 600,
      sentBps: 64_000,
      receivedBps: 60_000,
      lostPercent: 5.9,
      concealedPercent: 1,
      receivedFps: 9,
      step: 'small',
      seconds: 15,
    });
  });

  it('is nothing where nothing came back', () => {
    expect(figuresOf([])).toEqual(NO_FIGURES);
    expect(figuresOf(readings(0, () => 'small'))).toEqual(NO_FIGURES);
  });
});
