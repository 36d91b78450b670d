import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import type { Clock } from '../src/kernel/clock.ts';
import { newId } from '../src/kernel/ids.ts';
import { clientCapabilities } from '../src/media/codecs.ts';
import type { MediaConsumer, MediaPort, MediaProducer, MediaRouter, MediaTransport } from '../src/media/media-port.ts';

const PACKETS_A_SECOND = 50;
const BYTES_A_PACKET = 60;

/** A media server without media: everything is made, counts by the test's clock and closes downward. For models of who is where. */
export function createSilentMedia(clock: Clock): MediaPort {
  const profile = MEDIA_PROFILES.fitted;
  return {
    profile,
    capabilities: clientCapabilities(profile),
    createRouter: async () => createRouter(clock),
    workers: () => [],
    close: async () => undefined,
  };
}

function createRouter(clock: Clock): MediaRouter {
  const transports = new Set<MediaTransport>();
  let isClosed = false;
  return {
    get isClosed() {
      return isClosed;
    },
    createTransport: async () => {
      const transport = createTransport(clock);
      transports.add(transport);
      return transport;
    },
    canConsume: () => true,
    watchSpeakers: async () => ({ add: async () => undefined, close: () => undefined }),
    onLost: () => undefined,
    close() {
      isClosed = true;
      for (const transport of transports) transport.close();
    },
  };
}

function createTransport(clock: Clock): MediaTransport {
  const below = new Set<{ close(): void }>();
  const id = newId<string>();
  let isClosed = false;
  const consume: MediaTransport['consume'] = async ({ producerId, isPaused }) => {
    const consumer = {
      ...createTrack(clock, isPaused),
      kind: 'audio',
      producerId,
      rtpParameters: {} as MediaConsumer['rtpParameters'],
      isProducerPaused: false,
      requestKeyFrame: async () => undefined,
      onProducerClosed: () => undefined,
      onProducerPaused: () => undefined,
    } satisfies MediaConsumer;
    below.add(consumer);
    return consumer;
  };
  return {
    id,
    parameters: {
      id,
      iceParameters: { usernameFragment: 'u', password: 'p' },
      iceCandidates: [],
      dtlsParameters: { role: 'auto', fingerprints: [] },
    } as unknown as MediaTransport['parameters'],
    remoteAddress: undefined,
    get isClosed() {
      return isClosed;
    },
    get isAlive() {
      return !isClosed;
    },
    connect: async () => undefined,
    restartIce: async () => ({ usernameFragment: 'u', password: 'p' }),
    produce: async ({ kind, isPaused }) => {
      const producer = { ...createTrack(clock, isPaused), kind } satisfies MediaProducer;
      below.add(producer);
      return producer;
    },
    consume,
    consumeNothing: async (rtpCapabilities) => consume({ producerId: 'nothing', rtpCapabilities, isPaused: true }),
    openDownLine: async () => ({
      parameters: { consumerId: 'line', producerId: 'nobody', streamId: 0 },
      isOpen: false,
      send: () => undefined,
    }),
    openUpLine: async () => ({ producerId: 'line' }),
    onMoved: () => undefined,
    limitIncoming: async () => undefined,
    onEstimate: async () => undefined,
    measure: async () => ({ receivedBytes: 0, sentBytes: 0, lostPercent: null }),
    close() {
      isClosed = true;
      for (const one of below) one.close();
    },
  };
}

function createTrack(clock: Clock, isPaused: boolean) {
  const since = clock.now().getTime();
  let isClosed = false;
  return {
    id: newId<string>(),
    isPaused,
    pause: async () => undefined,
    resume: async () => undefined,
    startAnew: async () => undefined,
    count: async () => {
      if (isClosed) throw new Error('the track is closed');
      const packets = Math.floor(((clock.now().getTime() - since) / 1000) * PACKETS_A_SECOND);
      return { packets, bytes: packets * BYTES_A_PACKET };
    },
    close() {
      isClosed = true;
    },
  };
}
