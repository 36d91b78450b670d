import { RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import {
  enter,
  playInFakeBrowser,
  remotePeer,
  remoteTrack,
  requestId,
  settle,
  setUp,
} from './room-client-test-support.ts';

playInFakeBrowser();

/** In a call with one picture, without an answer to what was told of the way down, and then without a socket. */
async function loseUnconfirmed(peer: ReturnType<typeof remotePeer>): Promise<ReturnType<typeof setUp>> {
  const world = setUp({ peers: [peer], consumers: [remoteTrack(peer)] });
  world.signalling.answer('transport:connect', () => {
    throw ProblemError.local('network.unreachable');
  });
  world.room.start({ sources: [] });
  await settle();
  world.path('recv', 'connected');
  world.signalling.disconnect();
  return world;
}

describe('coming back', () => {
  it('takes up its place on a new socket and says again what may have been lost', async () => {
    const { signalling, room, joined } = await loseUnconfirmed(remotePeer());
    expect(room.getState().connection).toMatchObject({ kind: 'live', signallingLostSince: expect.any(Number) });
    signalling.answer('transport:connect', () => ({}));
    signalling.connect();
    await settle();
    expect(signalling.said.slice(-2)).toMatchObject([
      { name: 'room:resume', data: { requestId, peerId: joined[0] } },
      { name: 'transport:connect' },
    ]);
    expect(joined).toHaveLength(1);
    expect(room.getState().connection).toMatchObject({ kind: 'live', signallingLostSince: null });
    signalling.disconnect();
    signalling.connect();
    await settle();
    expect(signalling.count('transport:connect')).toBe(2); // confirmed: not said a third time
  });

  it('learns what came and went meanwhile', async () => {
    const peer = remotePeer();
    const { room, signalling, content } = await enter({ peers: [peer], consumers: [remoteTrack(peer)] });
    signalling.disconnect();
    const screen = remoteTrack(peer, { source: 'screen', isFlowing: false });
    content.consumers.splice(0, 1, screen);
    signalling.connect();
    await settle();
    expect(room.getState().peers).toMatchObject([{ camera: null, screen: { isPaused: false } }]);
    expect(signalling.said.at(-1)).toEqual({ name: 'consumer:resume', data: { consumerIds: [screen.consumerId] } });
  });

  it('keeps what is announced while it says again what was not confirmed', async () => {
    const peer = remotePeer();
    const { room, signalling } = await loseUnconfirmed(peer);
    let confirm: (answer: object) => void = () => undefined;
    signalling.answer('transport:connect', () => new Promise((resolve) => (confirm = resolve)));
    signalling.connect();
    await settle();
    signalling.tell('consumer:created', remoteTrack(peer, { source: 'screen', isFlowing: false }));
    await settle();
    confirm({});
    await settle();
    expect(room.getState().peers).toMatchObject([{ camera: { isPaused: false }, screen: { isPaused: false } }]);
  });

  it('joins again where its place is gone', async () => {
    const { signalling, joined, kind, transports } = await enter();
    signalling.refuse('room:resume', 'room.not_joined');
    signalling.disconnect();
    signalling.connect();
    await settle();
    expect(joined).toHaveLength(2);
    expect(kind()).toBe('live');
    expect(transports.map(({ closed }) => closed)).toEqual([true, true, false, false]);
  });

  it('joins at once where the server is another one than it was, and asks it nothing that it cannot know', async () => {
    const { signalling, joined, kind, transports } = await enter();
    signalling.disconnect();
    signalling.serverRun = 'second';
    signalling.connect();
    await settle();
    expect([signalling.count('room:resume'), joined.length, kind()]).toEqual([0, 2, 'live']);
    expect(transports.map(({ closed }) => closed)).toEqual([true, true, false, false]);
    signalling.disconnect();
    signalling.connect();
    await settle();
    expect([signalling.count('room:resume'), joined.length]).toEqual([1, 2]);
  });

  it('asks once more when the resume itself got lost', async () => {
    const { signalling, joined } = await enter();
    signalling.answer('room:resume', () => {
      throw ProblemError.local('network.unreachable');
    });
    signalling.disconnect();
    signalling.connect();
    await settle();
    signalling.answer('room:resume', () => ({ curtain: null, peers: [], consumers: [], speaker: null }));
    await settle(1000);
    expect(signalling.count('room:resume')).toBe(2);
    expect(joined).toHaveLength(1);
  });

  it.each([
    ['its media worker died', 'room:moved', { requestId }],
    ['it was given up', 'room:closed', { requestId, reason: 'lost' }],
  ] as const)('joins again when %s, and keeps the last picture meanwhile', async (_what, name, data) => {
    const peer = remotePeer();
    const { room, signalling, joined, letIn, kind } = await enter({ peers: [peer] });
    signalling.refuse('room:join', 'media.unavailable');
    signalling.tell(name, data);
    await settle();
    expect(room.getState()).toMatchObject({
      connection: { kind: 'reconnecting', step: 'room' },
      peers: [{ peerId: peer.peerId }],
    });
    signalling.answer('room:join', letIn);
    await settle(1000);
    expect(joined).toHaveLength(2);
    expect(kind()).toBe('live');
  });

  it('does not mind what happens in other rooms', async () => {
    const { signalling, joined, kind } = await enter();
    const other = RequestId.parse(newId());
    signalling.tell('room:moved', { requestId: other });
    signalling.tell('room:closed', { requestId: other, reason: 'replaced' });
    await settle();
    expect([kind(), joined.length]).toEqual(['live', 1]);
  });

  it('goes in again when somebody has signed in again', async () => {
    const { signalling, joined, kind } = await enter();
    signalling.tell('session:ended', { reason: 'expired' });
    signalling.disconnect();
    await settle(60_000);
    expect(kind()).toBe('reconnecting');
    signalling.connect();
    await settle();
    expect([kind(), joined.length]).toEqual(['live', 2]);
  });
});

describe('a path without packets', () => {
  const inCall = async () => {
    const peer = remotePeer();
    const world = await enter({ peers: [peer], consumers: [remoteTrack(peer)] });
    world.path('recv', 'connected');
    return { ...world, restarts: () => world.signalling.count('transport:restart-ice') };
  };

  it('is given a second, then an ICE restart, and no new call', async () => {
    const { room, path, restarts, joined, kind } = await inCall();
    path('recv', 'disconnected');
    expect(room.getState().connection).toMatchObject({ kind: 'reconnecting', step: 'media' });
    await settle(999);
    expect(restarts()).toBe(0);
    await settle(1);
    expect(restarts()).toBe(1);
    path('recv', 'connecting');
    expect(kind()).toBe('reconnecting');
    path('recv', 'connected');
    await settle(60_000);
    expect([kind(), restarts(), joined.length]).toEqual(['live', 1, 1]);
  });

  it('that heals by itself is left alone', async () => {
    const { path, restarts, kind } = await inCall();
    path('recv', 'disconnected');
    await settle(500);
    path('recv', 'connected');
    await settle(60_000);
    expect([kind(), restarts()]).toEqual(['live', 0]);
  });

  it('is restarted at once when it has failed, again with more patience, then everything is made anew', async () => {
    const { path, restarts, joined } = await inCall();
    path('recv', 'failed');
    await settle(0);
    expect(restarts()).toBe(1);
    await settle(3000);
    expect(restarts()).toBe(2);
    await settle(5000);
    expect([restarts(), joined.length]).toEqual([3, 1]);
    await settle(8000);
    expect([restarts(), joined.length]).toEqual([3, 2]);
  });

  it('waits for the server, and not a moment longer', async () => {
    const { signalling, path, restarts, joined } = await inCall();
    signalling.disconnect();
    path('recv', 'failed');
    await settle(120_000);
    expect(restarts()).toBe(0);
    signalling.connect();
    await settle();
    expect([restarts(), joined.length]).toEqual([1, 1]);
  });

  it('that the server does not know is made anew at once', async () => {
    const { signalling, path, joined } = await inCall();
    signalling.refuse('transport:restart-ice', 'transport.not_found');
    path('recv', 'failed');
    await settle(100);
    expect(joined).toHaveLength(2);
  });
});
