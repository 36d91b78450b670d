import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IceKeeper } from './room-client-ice.ts';
import { FakeSignalling } from './test-support.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A path over which bytes come as long as `flows`. */
function setUp() {
  const path = { flows: true, bytes: 0, restarts: 0, connectionState: 'connected' };
  const transport = {
    id: 'T',
    closed: false,
    get connectionState() {
      return path.connectionState;
    },
    on: () => undefined,
    getStats: async () => {
      if (path.flows) path.bytes += 100;
      return new Map([['t', { type: 'transport', bytesReceived: path.bytes }]]);
    },
    restartIce: async () => {
      path.restarts += 1;
    },
  } as unknown as types.Transport;
  const signalling = new FakeSignalling();
  signalling.answer('transport:restart-ice', () => ({ iceParameters: { usernameFragment: 'u', password: 'p' } }));
  const keeper = IceKeeper.create({
    transport,
    signalling,
    isAutomatic: true,
    onChange: () => undefined,
    onGivenUp: () => undefined,
  });
  return { path, signalling, keeper };
}

describe('after a sleep', () => {
  it('leaves a path alone over which something comes', async () => {
    const { path, keeper } = setUp();
    const doubted = keeper.doubt();
    await vi.advanceTimersByTimeAsync(10_000);
    await doubted;
    expect([keeper.isBroken, path.restarts]).toEqual([false, 0]);
  });

  it('restarts a path that the browser still calls connected and over which nothing comes', async () => {
    const { path, keeper } = setUp();
    path.flows = false;
    const doubted = keeper.doubt();
    await vi.advanceTimersByTimeAsync(1600);
    await doubted;
    await vi.advanceTimersByTimeAsync(10);
    expect([keeper.isBroken, path.restarts]).toEqual([true, 1]);
    keeper.close();
  });

  it('waits for the server where that is away, and restarts when it is back', async () => {
    const { path, keeper, signalling } = setUp();
    path.flows = false;
    signalling.disconnect();
    const doubted = keeper.doubt();
    await vi.advanceTimersByTimeAsync(5000);
    await doubted;
    expect(path.restarts).toBe(0);
    signalling.connect();
    keeper.nudge();
    await vi.advanceTimersByTimeAsync(10);
    expect(path.restarts).toBe(1);
    keeper.close();
  });

  it('asks nothing of a path that was never there, or of one that is closed meanwhile', async () => {
    const fresh = setUp();
    fresh.path.connectionState = 'new';
    await fresh.keeper.doubt();
    const { path, keeper } = setUp();
    path.flows = false;
    const doubted = keeper.doubt();
    keeper.close();
    await vi.advanceTimersByTimeAsync(10_000);
    await doubted;
    expect([fresh.path.restarts, path.restarts]).toEqual([0, 0]);
  });
});
