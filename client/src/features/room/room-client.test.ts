import { MessageId, PeerId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { RoomConsumer, RoomPeer } from '@jaqyn/shared/signalling/room';
import { Device, type types } from 'mediasoup-client';
import * as fakeParameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { RoomClient } from './room-client.ts';
import { FakeSignalling } from './test-support.ts';

const requestId = RequestId.parse(newId());

function remotePeer(): RoomPeer {
  return {
    peerId: PeerId.parse(newId()),
    userId: UserId.parse(newId()),
    displayName: 'Айгүл',
    side: 'specialist',
    isReachable: true,
    step: null,
  };
}

function remoteTrack({ peerId }: RoomPeer, overrides: Partial<RoomConsumer> = {}): RoomConsumer {
  const { id, producerId, rtpParameters } = fakeParameters.generateConsumerRemoteParameters({
    codecMimeType: 'video/VP8',
  });
  return {
    consumerId: id,
    peerId,
    producerId,
    kind: 'video',
    source: 'camera',
    rtpParameters,
    isPaused: false,
    isFlowing: true,
    isHeld: false,
    ...overrides,
  } as RoomConsumer;
}

/** A room on a server played by the test; each join gives a new peer id. */
function setUp({ peers = [] as RoomPeer[], consumers = [] as RoomConsumer[] } = {}) {
  const signalling = new FakeSignalling();
  const content = { curtain: null, peers, consumers, speaker: null };
  const transports: types.Transport[] = [];
  const joined: string[] = [];
  signalling.answer('media:capabilities', () => ({
    version: '1',
    profile: 'fitted',
    rtpCapabilities: fakeParameters.generateRouterRtpCapabilities(),
  }));
  const letIn = () => {
    const peerId = PeerId.parse(newId());
    joined.push(peerId);
    const transport = fakeParameters.generateTransportRemoteParameters;
    return {
      ...content,
      peerId,
      sendTransport: transport(),
      recvTransport: transport(),
      isVoiceRedundant: false,
      iceServers: [],
    };
  };
  signalling.answer('room:join', letIn);
  signalling.answer('room:resume', () => content);
  signalling.answer('transport:restart-ice', () => ({ iceParameters: { usernameFragment: 'u', password: 'p' } }));
  const room = RoomClient.create({
    requestId,
    signalling,
    mediaDevices: undefined,
    loadMessages: async () => [],
    createDevice: async () => {
      const device = await Device.factory({ handlerFactory: FakeHandler.createFactory(fakeParameters) });
      device.observer.on('newtransport', (transport) => transports.push(transport));
      return device;
    },
  });
  const kind = () => room.getState().connection.kind;
  const latest = (direction: 'send' | 'recv') => {
    const transport = transports.filter((one) => one.direction === direction).at(-1);
    if (transport === undefined) throw new Error('no transport');
    return transport;
  };
  const path = (direction: 'send' | 'recv', state: types.ConnectionState) =>
    (latest(direction).handler as FakeHandler).setConnectionState(state);
  return { signalling, content, transports, joined, letIn, room, kind, path };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly tracks: unknown[];
      constructor(tracks: unknown[]) {
        this.tracks = tracks;
      }
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function enter(options?: Parameters<typeof setUp>[0]) {
  const world = setUp(options);
  world.room.start({ sources: [] });
  await settle();
  return world;
}

describe('going in', () => {
  it('is live after one join, with what the others send', async () => {
    const peer = remotePeer();
    const { room, signalling, path } = await enter({ peers: [peer], consumers: [remoteTrack(peer)] });
    expect(room.getState().connection).toMatchObject({ kind: 'joining', step: 'media' });
    path('recv', 'connected');
    expect(room.getState()).toMatchObject({
      connection: { kind: 'live', signallingLostSince: null },
      peers: [{ ...peer, camera: { isPaused: false }, microphone: null }],
    });
    // What was in the answer flows already.
    expect(signalling.said.map(({ name }) => name)).toEqual(['media:capabilities', 'room:join', 'transport:connect']);
  });

  it.each(['media.unavailable', 'server.draining', 'store.busy', 'request.rate_limited', 'room.closed'] as const)(
    'keeps trying when the server says %s',
    async (code) => {
      const world = setUp();
      world.signalling.refuse('room:join', code);
      world.room.start({ sources: [] });
      await settle(4000);
      expect(world.kind()).toBe('joining');
      expect(world.signalling.count('room:join')).toBeGreaterThanOrEqual(3);
      world.signalling.answer('room:join', world.letIn);
      await settle(5000);
      expect(world.kind()).toBe('live');
    },
  );

  it('waits as long as the server asks', async () => {
    const world = setUp();
    world.signalling.refuse('room:join', 'server.draining', { retryAfter: 5 });
    world.room.start({ sources: [] });
    await settle(4999);
    expect(world.signalling.count('room:join')).toBe(1);
    await settle(1);
    expect(world.signalling.count('room:join')).toBe(2);
  });

  it.each(['consultation.not_found', 'auth.forbidden', 'room.full'] as const)(
    'takes %s for an answer',
    async (code) => {
      const world = setUp();
      world.signalling.refuse('room:join', code);
      world.room.start({ sources: [] });
      await settle(60_000);
      expect(world.room.getState().connection).toMatchObject({ kind: 'failed', problem: { code } });
      expect(world.signalling.count('room:join')).toBe(1);
    },
  );

  it('asks again for capabilities when the server is another version', async () => {
    const world = setUp();
    world.signalling.refuse('room:join', 'request.invalid', {
      fields: [{ path: 'capabilitiesVersion', code: 'stale' }],
    });
    world.room.start({ sources: [] });
    await settle();
    world.signalling.answer('room:join', world.letIn);
    await settle(1000);
    expect(world.kind()).toBe('live');
    expect(world.signalling.count('media:capabilities')).toBe(2);
  });

  it('waits for a server that cannot be reached', async () => {
    const world = setUp();
    world.signalling.disconnect();
    world.room.start({ sources: [] });
    await settle(60_000);
    expect(world.room.getState().connection).toMatchObject({ kind: 'joining', step: 'server' });
    expect(world.signalling.said).toEqual([]);
    world.signalling.connect();
    await settle();
    expect(world.kind()).toBe('live');
  });

  it('hears what was announced while the answer was on its way', async () => {
    const world = setUp();
    const peer = remotePeer();
    const track = remoteTrack(peer, { isFlowing: false });
    world.signalling.answer('room:join', () => {
      const answer = world.letIn();
      world.signalling.tell('peer:joined', peer);
      world.signalling.tell('consumer:created', track);
      world.content.peers.push(peer);
      world.content.consumers.push(track);
      return { ...answer, curtain: null, peers: [], consumers: [], speaker: null };
    });
    world.room.start({ sources: [] });
    await settle();
    expect(world.room.getState().peers).toMatchObject([{ peerId: peer.peerId, camera: { isPaused: false } }]);
    expect(world.signalling.said.at(-1)).toEqual({
      name: 'consumer:resume',
      data: { consumerIds: [track.consumerId] },
    });
  });
});

describe('what others send', () => {
  it('comes and flows, is muted and unmuted, goes, and the person with it', async () => {
    const { room, signalling } = await enter();
    const peer = remotePeer();
    const track = remoteTrack(peer, { isFlowing: false });
    const { consumerId } = track;
    signalling.tell('peer:joined', peer);
    signalling.tell('consumer:created', track);
    await settle();
    expect(signalling.said.at(-1)).toEqual({ name: 'consumer:resume', data: { consumerIds: [consumerId] } });
    const { stream } = room.getState().peers[0] ?? {};
    signalling.tell('consumer:paused', { consumerId });
    signalling.tell('peer:suspended', { peerId: peer.peerId });
    expect(room.getState().peers).toMatchObject([{ isReachable: false, camera: { isPaused: true } }]);
    signalling.tell('consumer:resumed', { consumerId });
    signalling.tell('peer:resumed', { peerId: peer.peerId });
    expect(room.getState().peers).toMatchObject([{ isReachable: true, camera: { isPaused: false } }]);
    expect(room.getState().peers[0]?.stream).toBe(stream); // the video element is left alone
    signalling.tell('consumer:closed', { consumerId });
    expect(room.getState().peers).toMatchObject([{ camera: null }]);
    signalling.tell('peer:closed', { peerId: peer.peerId, reason: 'left' });
    expect(room.getState().peers).toEqual([]);
  });

  it('is dropped when the server knows it no more', async () => {
    const { room, signalling } = await enter();
    const peer = remotePeer();
    signalling.tell('peer:joined', peer);
    signalling.refuse('consumer:resume', 'consumer.not_found');
    signalling.tell('consumer:created', remoteTrack(peer, { isFlowing: false }));
    await settle();
    expect(room.getState().peers).toMatchObject([{ camera: null }]);
  });
});

describe('coming back', () => {
  it('takes up its place on a new socket and says again what may have been lost', async () => {
    const peer = remotePeer();
    const world = setUp({ peers: [peer], consumers: [remoteTrack(peer)] });
    const { signalling, room, path, joined } = world;
    signalling.answer('transport:connect', () => {
      throw ProblemError.local('network.unreachable');
    });
    room.start({ sources: [] });
    await settle();
    path('recv', 'connected');
    signalling.disconnect();
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
    const { room, signalling, path } = setUp({ peers: [peer], consumers: [remoteTrack(peer)] });
    signalling.answer('transport:connect', () => {
      throw ProblemError.local('network.unreachable');
    });
    room.start({ sources: [] });
    await settle();
    path('recv', 'connected');
    signalling.disconnect();
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

describe('the end', () => {
  it('leaves once, tells the server, and comes back for nothing', async () => {
    const { room, signalling, kind, transports } = await enter();
    await Promise.all([room.leave(), room.leave()]);
    expect(room.getState().connection).toEqual({ kind: 'left', reason: 'by_self' });
    expect(signalling.count('room:leave')).toBe(1);
    expect(transports.every(({ closed }) => closed)).toBe(true);
    signalling.disconnect();
    signalling.connect();
    signalling.tell('room:moved', { requestId });
    await settle(60_000);
    expect([kind(), signalling.count('room:join')]).toEqual(['left', 1]);
  });

  it('takes back a join whose answer came after the goodbye', async () => {
    const world = setUp();
    let answer: (value: unknown) => void = () => undefined;
    world.signalling.answer('room:join', () => new Promise((resolve) => (answer = resolve)));
    world.room.start({ sources: [] });
    await settle();
    await world.room.leave();
    answer(world.letIn());
    await settle();
    expect(world.signalling.said.at(-1)?.name).toBe('room:leave');
    expect(world.transports).toEqual([]);
  });

  it.each(['replaced', 'access_ended', 'room_closed'] as const)('stays out when %s', async (reason) => {
    const { room, signalling } = await enter();
    signalling.tell('room:closed', { requestId, reason });
    signalling.disconnect();
    signalling.connect();
    await settle(60_000);
    expect(room.getState().connection).toEqual({ kind: 'left', reason });
    expect(signalling.count('room:join')).toBe(1);
  });

  it('stops listening when closed', async () => {
    const { room, signalling } = await enter();
    expect(signalling.listeners).toBeGreaterThan(0);
    room.close();
    expect(signalling.listeners).toBe(0);
  });

  it('still sends what was typed before leaving', async () => {
    const { room, signalling } = await enter();
    signalling.answer('chat:send', ({ messageId, text }) => ({
      message: {
        id: MessageId.parse(messageId),
        requestId,
        seq: 1,
        author: { userId: UserId.parse(newId()), displayName: 'x' },
        text,
        sentAt: '2026-11-22T09:00:00.000Z',
      },
    }));
    room.sendChat('last words');
    await room.leave();
    await settle();
    expect(room.getState().messages).toMatchObject([{ kind: 'sent', message: { text: 'last words' } }]);
  });
});
