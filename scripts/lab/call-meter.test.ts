import { expect, test } from 'vitest';
import { type Counters, firstPicture, firstVoice, frozenSeconds, toQuality } from './call-meter.ts';

const every = (ms: number, from: number, to: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / ms) }, (_, index) => from + index * ms);

test('a voice is sound that goes on, whatever the length of a packet', () => {
  expect(firstVoice([], 0)).toBeUndefined();
  expect(firstVoice(every(20, 0, 5000), 1000)).toBe(1000);
  expect(firstVoice(every(60, 0, 5000), 990)).toBe(1020);
  // One packet, silence, then a voice with a hole in it.
  expect(firstVoice([100, ...every(20, 3000, 3400), ...every(20, 3600, 5000)], 0)).toBe(3000);
  // Not yet a second of it.
  expect(firstVoice(every(20, 0, 500), 0)).toBeUndefined();
});

test('the first picture is the first from then on', () => {
  expect(firstPicture([100, 900, 1500], 901)).toBe(1500);
  expect(firstPicture([100], 901)).toBeUndefined();
});

test('a steady picture is never frozen, at whatever rate', () => {
  for (const ms of [33, 100, 200, 900]) expect(frozenSeconds(every(ms, 0, 60_000), 0, 60_000)).toBe(0);
});

test('a gap counts once it is three times as long as usual', () => {
  const steady = every(100, 0, 10_000);
  expect(frozenSeconds([...steady, ...every(100, 10_150, 20_000)], 0, 20_000)).toBe(0);
  expect(frozenSeconds([...steady, ...every(100, 12_000, 20_000)], 0, 20_000)).toBeCloseTo(2.1);
});

test('no picture at all, or none any more, is frozen too', () => {
  expect(frozenSeconds([], 1000, 11_000)).toBe(10);
  expect(frozenSeconds(every(100, 0, 4000), 0, 10_000)).toBeCloseTo(6.1);
});

const counters = (change: Partial<Counters>): Counters => ({
  at: 0,
  audioSamples: 0,
  concealedSamples: 0,
  jitterBufferSeconds: 0,
  jitterBufferEmitted: 0,
  framesDecoded: 0,
  width: 0,
  height: 0,
  ...change,
});

test('quality is what happened between two readings', () => {
  const before = counters({ at: 10_000, audioSamples: 480_000, concealedSamples: 480, framesDecoded: 100 });
  const after = counters({
    at: 40_000,
    audioSamples: 480_000 + 1_440_000,
    concealedSamples: 480 + 14_400,
    jitterBufferSeconds: 14_400,
    jitterBufferEmitted: 72_000,
    framesDecoded: 400,
    height: 240,
  });
  expect(toQuality(before, after, { audio: [], video: every(100, 0, 50_000) })).toEqual({
    fps: 10,
    frozenPerMinute: 0,
    concealed: 1,
    jitterBufferMs: 200,
    height: 240,
  });
});

test('a call without media has lost everything, not nothing', () => {
  expect(toQuality(counters({}), counters({ at: 60_000 }), { audio: [], video: [] })).toEqual({
    fps: 0,
    frozenPerMinute: 60,
    concealed: 100,
    jitterBufferMs: 0,
    height: 0,
  });
});
