import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IceKeeper } from './room-client-ice.ts';
import { FakeSignalling } from './test-support.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const named = (usernameFragment: string) => ({ usernameFragment, password: `of ${usernameFragment}` });

/**
 * A transport in the browser and the one at the media server, which takes two sets: the newest, and the one before it until a
 * packet came with the newest.
 */
function setUp({ direction = 'send', hasSpare = true }: { direction?: 'send' | 'recv'; hasSpare?: boolean } = {}) {
  const signalling = new FakeSignalling();
  let made = 1;
  const server = { taken: hasSpare ? ['F1', 'F0'] : ['F0'] };
  const browser = { state: 'connected' as types.ConnectionState, used: [] as string[], isCut: false, isGivenUp: false };
  let tell: (state: types.ConnectionState) => void = () => undefined;
  signalling.answer('transport:restart-ice', ({ inUse }) => {
    const [newest = ''] = server.taken;
    if (inUse === undefined || inUse === newest) server.taken = [`F${(made += 1)}`, newest];
    return { iceParameters: named(server.taken[0] ?? '') };
  });
  const transport = {
    id: 'T',
    direction,
    get connectionState() {
      return browser.state;
    },
    on: (_name: string, listener: typeof tell) => {
      tell = listener;
    },
    restartIce: async ({ iceParameters }: { iceParameters: types.IceParameters }) => {
      browser.used.push(iceParameters.usernameFragment);
    },
  } as unknown as types.Transport;
  const keeper = IceKeeper.create({
    transport,
    signalling,
    inUse: named('F0'),
    spare: hasSpare ? named('F1') : undefined,
    isAutomatic: true,
    onChange: () => undefined,
    onGivenUp: () => {
      browser.isGivenUp = true;
    },
  });
  const say = (state: types.ConnectionState) => {
    browser.state = state;
    tell(state);
  };
  /** Packets get through with what the browser used last. */
  const getThrough = () => {
    const last = browser.used.at(-1) ?? 'F0';
    expect(server.taken).toContain(last);
    if (last === server.taken[0]) server.taken = [last];
    say('connected');
  };
  return { keeper, signalling, server, browser, say, getThrough };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const asked = ({ signalling }: { signalling: FakeSignalling }) => signalling.count('transport:restart-ice');

describe('a lost path', () => {
  it('is made anew at once and without the server, by what it takes already', async () => {
    const world = setUp();
    world.signalling.disconnect();
    world.keeper.suspect();
    await settle();
    expect([world.keeper.isBroken, world.browser.used, asked(world)]).toEqual([true, ['F1'], 0]);
    world.getThrough();
    expect(world.keeper.isBroken).toBe(false);
  });

  it('gets the next ones in reserve when it is back, once, and uses them the next time', async () => {
    const world = setUp();
    world.keeper.suspect();
    await settle();
    world.getThrough();
    await settle(60_000);
    expect([asked(world), world.server.taken]).toEqual([1, ['F2', 'F1']]);
    world.keeper.suspect();
    await settle();
    expect(world.browser.used).toEqual(['F1', 'F2']);
    world.getThrough();
  });

  it('asks again for the reserve when the answer was lost, and never loses what it is on', async () => {
    const world = setUp();
    world.keeper.suspect();
    await settle();
    world.getThrough();
    const { signalling, server } = world;
    signalling.refuse('transport:restart-ice', 'server.overloaded');
    // The server has done it all the same.
    server.taken = ['F2', 'F1'];
    await settle(5000);
    signalling.answer('transport:restart-ice', ({ inUse }) => {
      if (inUse === server.taken[0]) server.taken = ['F3', 'F2'];
      return { iceParameters: named(server.taken[0] ?? '') };
    });
    world.keeper.nudge();
    await settle(10);
    expect(server.taken).toEqual(['F2', 'F1']);
    world.keeper.suspect();
    await settle();
    expect(world.browser.used.at(-1)).toBe('F2');
    world.getThrough();
  });

  it('is tried again while the server is away for as long as it takes, and not faster than every 8 s', async () => {
    const world = setUp();
    world.signalling.disconnect();
    world.keeper.suspect();
    await settle(65_000);
    expect(world.browser.used).toHaveLength(9);
    expect([new Set(world.browser.used), world.browser.isGivenUp]).toEqual([new Set(['F1']), false]);
    world.getThrough();
    await settle(60_000);
    expect(world.browser.used).toHaveLength(9);
  });

  it('on the way down goes back and forth, as who answers begins anew only with other parameters', async () => {
    const world = setUp({ direction: 'recv' });
    world.signalling.disconnect();
    world.keeper.suspect();
    await settle(8000);
    expect(world.browser.used).toEqual(['F1', 'F0', 'F1']);
    world.getThrough();
  });

  it('asks the server where it has nothing in reserve, and waits for it', async () => {
    const world = setUp({ hasSpare: false });
    world.signalling.disconnect();
    world.keeper.suspect();
    await settle(30_000);
    expect(world.browser.used).toEqual([]);
    world.signalling.connect();
    world.keeper.nudge();
    await settle(10);
    expect([world.browser.used, asked(world)]).toEqual([['F2'], 1]);
    world.getThrough();
    await settle(60_000);
    expect(asked(world)).toBe(1);
  });

  it('is not restarted a second time by the browser, nor by a socket that is back, while a restart is young', async () => {
    const world = setUp();
    world.keeper.suspect();
    await settle(100);
    world.say('failed');
    world.keeper.nudge();
    await settle(2000);
    expect(world.browser.used).toEqual(['F1']);
    await settle(500);
    expect(world.browser.used).toEqual(['F1', 'F1']);
    world.keeper.close();
  });

  it('is tried twice by the reserve, then by what the server is asked for, and then given up', async () => {
    const world = setUp();
    world.keeper.suspect();
    await settle(20_000);
    expect([world.browser.used, world.browser.isGivenUp]).toEqual([['F1', 'F1', 'F2', 'F3', 'F4'], false]);
    await settle(5000);
    expect([world.browser.used.length, world.browser.isGivenUp]).toEqual([5, true]);
  });

  it('is kept where the server is there and its media are not: nobody answers for the transport', async () => {
    const world = setUp();
    world.signalling.answer('transport:restart-ice', () => new Promise(() => undefined));
    world.keeper.suspect();
    await settle(120_000);
    expect([world.browser.used, asked(world), world.browser.isGivenUp]).toEqual([['F1', 'F1'], 1, false]);
    world.getThrough();
    expect(world.keeper.isBroken).toBe(false);
    world.keeper.close();
  });

  it('is whole again when something comes over it, also where the browser never called it lost', async () => {
    const world = setUp();
    world.keeper.suspect();
    await settle(500);
    world.keeper.heard();
    expect(world.keeper.isBroken).toBe(false);
    await settle(1000);
    expect(world.browser.used).toEqual(['F1']);
    world.keeper.close();
  });
});

it('suspects nothing of a path that was never there, or of one that is closed', async () => {
  const fresh = setUp();
  fresh.browser.state = 'new';
  fresh.keeper.suspect();
  const closed = setUp();
  closed.keeper.close();
  closed.keeper.suspect();
  await settle(60_000);
  expect([fresh.browser.used, closed.browser.used]).toEqual([[], []]);
});
