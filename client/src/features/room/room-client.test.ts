import { MessageId, UserId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
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
