import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PathWatch } from './room-client-watch.ts';
import { FakeSignalling } from './test-support.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** A call of two paths over one link, on which the browser counts what comes every `everyMs` as long as the link is there. */
function setUp({ isArmed = true, rttMs = 60 } = {}) {
  const signalling = new FakeSignalling();
  const link = { isThere: true, isServerThere: true };
  signalling.answer('link:probe', () =>
    link.isServerThere ? new Promise((resolve) => setTimeout(resolve, rttMs)) : new Promise(() => undefined),
  );
  const path = () => {
    const state = { count: 0, suspicions: 0, isConnected: true, isBroken: false, isArmed };
    const keeper = {
      ...state,
      suspect() {
        keeper.suspicions += 1;
        keeper.isBroken = true;
      },
      heard() {
        keeper.isBroken = false;
      },
    };
    const transport = {
      closed: false,
      getStats: async () =>
        new Map<string, object>([
          ['t', { type: 'transport', bytesReceived: keeper.count }],
          ['p', { type: 'candidate-pair', nominated: true, currentRoundTripTime: rttMs / 1000, responsesReceived: 0 }],
        ]),
    } as unknown as types.Transport;
    return { transport, keeper };
  };
  const paths = [path(), path()] as const;
  const away: boolean[] = [];
  const watch = PathWatch.create({ paths, signalling, onAway: (isAway) => away.push(isAway) });
  const timers: ReturnType<typeof setInterval>[] = [];
  /** Something comes over the first path now and then, and is sound or is not. */
  const flow = (everyMs: number, { isSound = false } = {}) => {
    for (const timer of timers.splice(0)) clearInterval(timer);
    const timer = setInterval(() => {
      if (!link.isThere) return;
      paths[0].keeper.count += 100;
      if (isSound) watch.heard();
    }, everyMs);
    timers.push(timer);
  };
  const suspicions = () => paths.map(({ keeper }) => keeper.suspicions);
  const end = () => {
    watch.close();
    for (const timer of timers) clearInterval(timer);
  };
  return { signalling, link, paths, watch, away, flow, suspicions, end };
}

describe('a call with sound', () => {
  it('calls the link away while nothing of media and server is heard, and not where the server answers', async () => {
    const { link, away, flow, end } = setUp();
    flow(100, { isSound: true });
    await settle(30_000);
    link.isThere = false;
    await settle(15_000);
    expect(away.includes(true)).toBe(false);
    link.isThere = true;
    await settle(60_000);
    link.isThere = false;
    link.isServerThere = false;
    await settle(15_000);
    expect(away.at(-1)).toBe(true);
    link.isThere = true;
    await settle(200);
    expect(away.at(-1)).toBe(false);
    end();
  });

  it('doubts the paths two seconds after the last packet, all of them, and keeps the socket until the link is back', async () => {
    const { link, signalling, suspicions, flow, end } = setUp();
    flow(100, { isSound: true });
    await settle(30_000);
    link.isThere = false;
    link.isServerThere = false;
    await settle(900);
    expect([signalling.count('link:probe'), suspicions()]).toEqual([0, [0, 0]]);
    await settle(1300);
    expect([signalling.count('link:probe'), suspicions(), signalling.renewals]).toEqual([1, [1, 1], 0]);
    await settle(60_000);
    expect([signalling.count('link:probe'), suspicions(), signalling.renewals]).toEqual([1, [1, 1], 0]);
    // Back by another address: what the old socket carries never comes.
    link.isThere = true;
    await settle(3000);
    expect(signalling.renewals).toBe(1);
    await settle(60_000);
    expect([suspicions(), signalling.renewals]).toEqual([[1, 1], 1]);
    end();
  });

  it('replaces the socket at once where nothing is in reserve', async () => {
    const { link, signalling, flow, end } = setUp({ isArmed: false });
    flow(100, { isSound: true });
    await settle(30_000);
    link.isThere = false;
    link.isServerThere = false;
    await settle(2200);
    expect(signalling.renewals).toBe(1);
    end();
  });

  it('gives an answer over a satellite the time of its round trip', async () => {
    const { link, suspicions, flow, end } = setUp({ rttMs: 700 });
    flow(100, { isSound: true });
    await settle(30_000);
    link.isThere = false;
    await settle(3500);
    // The server has answered: it is not the link, and two lost packets more are waited for.
    expect(suspicions()).toEqual([0, 0]);
    await settle(1500);
    expect(suspicions()).toEqual([1, 1]);
    end();
  });

  it('takes pauses of half a second for nothing', async () => {
    const { link, signalling, suspicions, flow, end } = setUp();
    flow(60, { isSound: true });
    for (let time = 0; time < 20; time += 1) {
      link.isThere = true;
      await settle(5000);
      link.isThere = false;
      await settle(500);
    }
    expect([suspicions(), signalling.renewals]).toEqual([[0, 0], 0]);
    end();
  });

  it('does not restart in a storm on a link that goes away again and again', async () => {
    const { link, suspicions, flow, end } = setUp();
    flow(60, { isSound: true });
    await settle(30_000);
    for (let time = 0; time < 30; time += 1) {
      link.isThere = false;
      link.isServerThere = false;
      await settle(3000);
      link.isThere = true;
      link.isServerThere = true;
      await settle(1000);
    }
    // Two minutes of it: at the beginning, and at most after 10, 20 and 40 s of calm.
    expect(suspicions()[0]).toBeGreaterThanOrEqual(1);
    expect(suspicions()[0]).toBeLessThanOrEqual(5);
    end();
  });
});

describe('a quiet room', () => {
  it.each([1500, 2500])('with a packet every %i ms is left in peace', async (everyMs) => {
    const { signalling, suspicions, flow, end } = setUp();
    flow(everyMs);
    await settle(300_000);
    expect([suspicions(), signalling.renewals]).toEqual([[0, 0], 0]);
    end();
  });

  it('is left in peace also in the moment in which everybody falls silent', async () => {
    const { suspicions, flow, end } = setUp();
    flow(60, { isSound: true });
    await settle(30_000);
    flow(2500);
    await settle(120_000);
    expect(suspicions()).toEqual([0, 0]);
    end();
  });

  it('is doubted before the browser would', async () => {
    const { link, suspicions, flow, end } = setUp();
    flow(1200);
    await settle(60_000);
    link.isThere = false;
    link.isServerThere = false;
    await settle(5500);
    expect(suspicions()).toEqual([1, 1]);
    end();
  });
});

describe('another network', () => {
  it('is found at once where sound should come', async () => {
    const { link, watch, suspicions, flow, end } = setUp();
    flow(60, { isSound: true });
    await settle(30_000);
    link.isThere = false;
    link.isServerThere = false;
    void watch.hint();
    await settle(500);
    expect(suspicions()).toEqual([1, 1]);
    end();
  });

  it('that carries on is no trouble', async () => {
    const { watch, suspicions, flow, end } = setUp();
    flow(60, { isSound: true });
    await settle(30_000);
    void watch.hint();
    await settle(10_000);
    expect(suspicions()).toEqual([0, 0]);
    end();
  });
});

it('judges nothing where the browser counts nothing, and nothing of a page that stood still', async () => {
  const silent = setUp();
  await settle(60_000);
  expect(silent.suspicions()).toEqual([0, 0]);
  silent.end();
  const { suspicions, flow, end } = setUp();
  flow(60, { isSound: true });
  await settle(30_000);
  // Everything of the page is late, and its packets wait for it.
  vi.setSystemTime(Date.now() + 20_000);
  const later = performance.now() + 20_000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => later);
  await settle(300);
  expect(suspicions()).toEqual([0, 0]);
  clock.mockRestore();
  end();
});
