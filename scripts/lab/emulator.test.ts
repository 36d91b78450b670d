import { beforeAll, describe, expect, test } from 'vitest';
import { ensureLabTools, type LabTools } from './lab-tools.ts';
import { isInOrder, measureDelays, measureRate } from './measure.ts';
import { replay } from './replay.ts';
import type { TracedPacket } from './trace.ts';

// The model in virtual time, in a build that ends at the first bad access, leak or undefined operation: every command of these
// tests is also a test of the C.
let tools: LabTools;
beforeAll(async () => {
  tools = await ensureLabTools('sanitized');
}, 120_000);

const play = (...commands: string[]): ReturnType<typeof replay> => replay(tools.replay, commands);
const between = (packets: readonly TracedPacket[], from: number, to: number): TracedPacket[] =>
  packets.filter(({ sentAt }) => sentAt >= from && sentAt < to);
const lostAt = (packets: readonly TracedPacket[]): number[] =>
  packets.flatMap(({ sentAt, delay }) => (delay === undefined ? sentAt : []));

const WEATHER = 'set seed=5 delay=150 jitter=60 loss=20 burst=80 gap=150 every=5000';

test('a link without limits delivers at once', async () => {
  const { up, down } = await play('flow up every=10 size=1500', 'run 1000');
  expect(up).toHaveLength(100);
  expect(measureDelays(up)).toEqual({ mean: 0, min: 0, deviation: 0 });
  expect(down).toEqual([]);
});

test('one seed plays the same twice, another does not', async () => {
  const run = (seed: number): ReturnType<typeof replay> =>
    play(WEATHER.replace('seed=5', `seed=${seed}`), 'flow up every=20 size=200', 'run 60000', 'run 0');
  const first = await run(5);
  expect(await run(5)).toEqual(first);
  expect(lostAt((await run(6)).up)).not.toEqual(lostAt(first.up));
});

test('up and down have weather of their own, and gaps in common', async () => {
  const flows = ['flow up every=20 size=40', 'flow down every=20 size=40', 'run 60000'];
  const loss = await play('set seed=1 loss=20 burst=80', ...flows);
  expect(lostAt(loss.up)).not.toEqual(lostAt(loss.down));
  const gaps = await play('set seed=1 gap=150 every=5000', ...flows);
  expect(lostAt(gaps.up).length).toBeGreaterThan(60);
  expect(lostAt(gaps.up)).toEqual(lostAt(gaps.down));
});

test('the weather does not depend on the traffic', async () => {
  const sparse = await play(WEATHER, 'flow up every=100 size=40', 'run 60000', 'flow up every=0 size=40', 'run 2000');
  const dense = await play(WEATHER, 'flow up every=5 size=1500', 'run 60000', 'flow up every=0 size=40', 'run 2000');
  const sameMoments = dense.up.filter(({ sentAt }) => sentAt % 100 === 0);
  expect(sameMoments).toEqual(sparse.up);
  expect(lostAt(sparse.up).length).toBeGreaterThan(60);
});

describe('when told otherwise in the middle', () => {
  test('a slower rate holds also for what waits already', async () => {
    const size = 500;
    const { up } = await play(
      'set rate=512 queue=16000',
      'flow up every=4 size=500',
      'run 2000',
      'set rate=128',
      'run 4000',
      'flow up every=0 size=500',
      'run 5000',
    );
    const arrivals = (from: number, to: number): TracedPacket[] =>
      up.filter(({ sentAt, delay }) => delay !== undefined && sentAt + delay >= from && sentAt + delay < to);
    expect(measureRate(arrivals(500, 2000), { every: 4, size })).toBeCloseTo(512, 0);
    expect(measureRate(arrivals(2100, 6000), { every: 4, size })).toBeCloseTo(128, 0);
    // 16000 bytes at 128 kbit/s take a second: a queue of bytes grows fourfold in time.
    expect(Math.max(...between(up, 1000, 2000 - 250).map(({ delay }) => delay ?? 0))).toBeLessThan(251);
    expect(Math.max(...between(up, 4000, 6000).map(({ delay }) => delay ?? 0))).toBeCloseTo(1000, -2);
  });

  test('no limit lets the queue go', async () => {
    const { up } = await play(
      'set rate=8 queue=100000',
      'flow up every=10 size=1000',
      'run 500',
      'set rate=0',
      'run 100',
    );
    expect(up.every(({ sentAt, delay }) => delay !== undefined && sentAt + delay <= 600)).toBe(true);
    expect(between(up, 500, 600).every(({ delay }) => delay === 0)).toBe(true);
  });

  test('a shorter delay lets nothing overtake', async () => {
    const { up } = await play('set delay=500', 'flow up every=7 size=40', 'run 1000', 'set delay=20', 'run 3000');
    expect(isInOrder(up)).toBe(true);
    expect(between(up, 0, 1000).every(({ delay }) => delay === 500)).toBe(true);
    expect(between(up, 1600, 3900).every(({ delay }) => delay === 20)).toBe(true);
  });

  test('only what would leave during the cut is lost', async () => {
    const { up, down } = await play(
      'set delay=300',
      'flow up every=10 size=40',
      'flow down every=10 size=40',
      'run 1000',
      'set down.cut=2000',
      'run 3000',
      'flow up every=0 size=40',
      'flow down every=0 size=40',
      'run 500',
    );
    expect(lostAt(up)).toEqual([]);
    // What was in the air when the cut began still arrived.
    expect(lostAt(down)).toEqual(Array.from({ length: 200 }, (_, index) => 1000 + index * 10));
  });

  test('cut=on stays until cut=off', async () => {
    const { up } = await play(
      'flow up every=10 size=40',
      'run 100',
      'set cut=on',
      'run 100000',
      'set cut=off',
      'run 100',
    );
    expect(lostAt(up)).toEqual(between(up, 100, 100_100).map(({ sentAt }) => sentAt));
  });
});

test('a queue smaller than a packet still takes one', async () => {
  const { up } = await play('set rate=12 queue=0', 'flow up every=100 size=1500', 'run 10000', 'run 2000');
  const arrived = up.filter(({ delay }) => delay !== undefined);
  expect(arrived.every(({ delay }) => delay === 1000)).toBe(true);
  expect(arrived.length).toBeGreaterThanOrEqual(10);
});

test.each([
  'set rate',
  'set speed=3',
  'set up.speed=3',
  'set rate=fast',
  'set rate=1e9',
  'set rate=-5',
  'set rate=nan',
  'set loss=101',
  'set burst=0.5',
  'set gap=10 every=5',
  'set cut=maybe',
  'set seed=-1',
  'set seed=99999999999999999999999',
  'set sideways.rate=3',
  `set ${'x'.repeat(3000)}=1`,
  'restart',
  '',
])('refuses "%.60s"', async (line) => {
  await expect(play(line)).rejects.toThrow(/^replay: /);
});

test('holds a day of everything at once without a bad access', async () => {
  const { up, down } = await play(
    `${WEATHER} up.rate=64 down.rate=128 queue=12000`,
    'flow up every=700 size=1500',
    'flow down every=300 size=1500',
    'run 43200000',
    'set seed=6 jitter=1000 loss=100',
    'run 600000',
    'set loss=0 rate=0 jitter=0 queue=0 delay=0 gap=0',
    'reset',
    'run 1000',
  );
  expect(isInOrder(up) && isInOrder(down)).toBe(true);
  expect(between(up, 43_201_000, 43_800_000).every(({ delay }) => delay === undefined)).toBe(true);
});
