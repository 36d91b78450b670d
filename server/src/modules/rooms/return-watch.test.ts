import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Peer } from './peer.ts';
import { ReturnWatch } from './return-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A station and a specialist who get each other's picture; `flow` says whether packets of the station's sound come. */
function room() {
  const facts = { isFlowing: true, isMuted: false, looks: 0, packets: 0, forgotten: 0 };
  const asked: string[] = [];
  const face = (to: string, from: string) => ({
    from,
    consumer: {
      kind: 'video',
      isPaused: false,
      requestKeyFrame: async () => void asked.push(`to ${to}`),
      startAnew: async () => void asked.push(`to ${to}`),
    },
  });
  const camera = {
    kind: 'video',
    count: async () => ({ packets: facts.isFlowing ? facts.looks : 0, bytes: 0 }),
    startAnew: async () => {
      facts.forgotten += 1;
    },
  };
  const microphone = {
    kind: 'audio',
    get isPaused() {
      return facts.isMuted;
    },
    count: async () => {
      facts.looks += 1;
      if (facts.isFlowing) facts.packets += 1;
      return { packets: facts.packets, bytes: 0 };
    },
  };
  const person = (id: string, other: string) =>
    ({
      id,
      isClosed: false,
      producers: new Map(
        id === 'station'
          ? [
              ['voice', { source: 'microphone', producer: microphone }],
              ['face', { source: 'camera', producer: camera }],
            ]
          : [],
      ),
      consumers: new Map([['face', face(id, other)]]),
    }) as unknown as Peer;
  const station = person('station', 'specialist');
  const specialist = person('specialist', 'station');
  const watch = ReturnWatch.create(() => [station, specialist]);
  return { facts, asked, watch, station };
}

it('asks for whole pictures both ways with the first sound after a silence, once', async () => {
  const { facts, asked, watch, station } = room();
  watch.heard(station);
  facts.isFlowing = false;
  await vi.advanceTimersByTimeAsync(2700);
  expect(facts.forgotten).toBe(0);
  await vi.advanceTimersByTimeAsync(12_300);
  expect(asked).toEqual([]);
  // While nothing came, once: the first packet would ask for all that is missing.
  expect(facts.forgotten).toBe(1);
  facts.isFlowing = true;
  await vi.advanceTimersByTimeAsync(100);
  expect(asked.toSorted()).toEqual(['to specialist', 'to station']);
  for (let second = 0; second < 5; second += 1) {
    watch.heard(station);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(asked).toHaveLength(2);
});

it('counts nothing while somebody hears that person, and takes a lost report for no silence', async () => {
  const { facts, asked, watch, station } = room();
  for (let second = 0; second < 10; second += 1) {
    watch.heard(station);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(facts.looks).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(facts.looks).toBe(2);
  expect(asked).toEqual([]);
  expect(facts.forgotten).toBe(0);
});

it('waits for nobody who has muted their sound, or is out of the room', async () => {
  const { facts, asked, watch, station } = room();
  facts.isFlowing = false;
  facts.isMuted = true;
  watch.heard(station);
  await vi.advanceTimersByTimeAsync(5000);
  expect(facts.looks).toBe(0);

  facts.isMuted = false;
  watch.heard(station);
  await vi.advanceTimersByTimeAsync(5000);
  // Muted while the link is away.
  facts.isMuted = true;
  await vi.advanceTimersByTimeAsync(1000);
  facts.isMuted = false;
  facts.isFlowing = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toEqual([]);

  const { looks } = facts;
  watch.heard(station);
  watch.forget(station);
  await vi.advanceTimersByTimeAsync(5000);
  expect(facts.looks).toBe(looks);
});
