/** A room on a server that is played by the test. */

import { PeerId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { RoomConsumer, RoomPeer } from '@jaqyn/shared/signalling/room';
import { Device, type types } from 'mediasoup-client';
import * as fakeParameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { afterEach, beforeEach, vi } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { RoomClient } from './room-client.ts';
import { FakeSignalling } from './test-support.ts';

export const requestId = RequestId.parse(newId());

export function remotePeer(): RoomPeer {
  return {
    peerId: PeerId.parse(newId()),
    userId: UserId.parse(newId()),
    displayName: 'Айгүл',
    side: 'specialist',
    isReachable: true,
    step: null,
  };
}

export function remoteTrack({ peerId }: RoomPeer, overrides: Partial<RoomConsumer> = {}): RoomConsumer {
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
export function setUp({ peers = [] as RoomPeer[], consumers = [] as RoomConsumer[] } = {}) {
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

export const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** Time that the test moves, and the one thing of a browser that is asked for. */
export function playInFakeBrowser(): void {
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
}

/** As `setUp`, and in. */
export async function enter(options?: Parameters<typeof setUp>[0]) {
  const world = setUp(options);
  world.room.start({ sources: [] });
  await settle();
  return world;
}
