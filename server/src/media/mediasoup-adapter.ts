import { MEDIA_PROFILES, type MediaProfile } from '@jaqyn/shared/media/media-profile';
import { RED_PAYLOAD_TYPE } from '@jaqyn/shared/media/red';
import type { RtpCapabilities } from '@jaqyn/shared/media/rtp';
import type * as ms from 'mediasoup/types';
import { clientCapabilities, type MediaCapabilities } from './codecs.ts';
import type {
  Direction,
  MediaPort,
  MediaRouter,
  MediaTransport,
  MediaWorkerStatus,
  SpeakerWatch,
} from './media-port.ts';
import type { MediaWorker } from './media-worker.ts';
import { translated } from './mediasoup-failures.ts';
import type { PausedProducers } from './mediasoup-tracks.ts';
import { TransportAdapter } from './mediasoup-transport.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Between two looks at who is loudest, and what is no voice: below the loudest there can be. */
const SPEAKER_INTERVAL_MS = 300;
const SPEAKER_DB = -50;

/** {@link MediaPort} by mediasoup. */
export class MediasoupMedia implements MediaPort {
  static create(pool: WorkerPool, profile: MediaProfile = MEDIA_PROFILES.fitted): MediasoupMedia {
    return new MediasoupMedia(pool, profile);
  }

  readonly capabilities: MediaCapabilities;
  readonly profile: MediaProfile;
  readonly #pool: WorkerPool;

  private constructor(pool: WorkerPool, profile: MediaProfile) {
    this.#pool = pool;
    this.profile = profile;
    this.capabilities = clientCapabilities(profile);
  }

  async createRouter(): Promise<MediaRouter> {
    const worker = await this.#pool.leastLoaded();
    return new RouterAdapter(await translated('media.unavailable', worker.createRouter()), worker, this.profile);
  }

  workers(): readonly MediaWorkerStatus[] {
    return this.#pool.status();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

class RouterAdapter implements MediaRouter {
  readonly #router: ms.Router;
  readonly #worker: MediaWorker;
  readonly #profile: MediaProfile;
  readonly #pausedProducers: PausedProducers = new Set();
  #here: Promise<ms.DirectTransport> | undefined;
  #nothing: Promise<ms.Producer> | undefined;
  #nobody: Promise<ms.DataProducer> | undefined;

  constructor(router: ms.Router, worker: MediaWorker, profile: MediaProfile) {
    this.#router = router;
    this.#worker = worker;
    this.#profile = profile;
  }

  get isClosed(): boolean {
    return this.#router.closed;
  }

  async createTransport(direction: Direction): Promise<MediaTransport> {
    const transport = await translated(
      'media.unavailable',
      this.#worker.createTransport(this.#router, direction, this.#profile),
    );
    const { join, recovery } = this.#profile;
    const { iceParameters } = transport;
    // Both are taken from now on, the first until a packet comes with the second.
    const spare = recovery.isAutomatic ? await translated('media.unavailable', transport.restartIce()) : undefined;
    return new TransportAdapter(transport, {
      iceParameters,
      spare,
      isDtlsClient: direction === 'send' && join.isServerDtlsClient,
      here: {
        pausedProducers: this.#pausedProducers,
        transport: () => this.#transportHere(),
        nothing: () => (this.#nothing ??= this.#transportHere().then(produceNothing)),
        nobody: () => (this.#nobody ??= this.#transportHere().then((here) => here.produceData({ label: 'reports' }))),
      },
    });
  }

  #transportHere(): Promise<ms.DirectTransport> {
    return (this.#here ??= this.#router.createDirectTransport());
  }

  canConsume(producerId: string, rtpCapabilities: RtpCapabilities): boolean {
    return this.#router.canConsume({ producerId, rtpCapabilities: rtpCapabilities as ms.RtpCapabilities });
  }

  async watchSpeakers(onSpeaker: (producerId: string) => void): Promise<SpeakerWatch> {
    const observer = await translated(
      'media.unavailable',
      // Not the observer of active speakers: it names one also where nobody has spoken yet.
      this.#router.createAudioLevelObserver({ maxEntries: 1, threshold: SPEAKER_DB, interval: SPEAKER_INTERVAL_MS }),
    );
    observer.on('volumes', ([loudest]) => loudest !== undefined && onSpeaker(loudest.producer.id));
    const added = new Set<string>();
    return {
      async add(producerId) {
        if (added.has(producerId) || observer.closed) return;
        added.add(producerId);
        await translated('producer.not_found', observer.addProducer({ producerId }));
      },
      close: () => observer.close(),
    };
  }

  onLost(listener: () => void): void {
    this.#router.once('workerclose', listener);
  }

  close(): void {
    this.#router.close();
  }
}

function produceNothing(here: ms.DirectTransport): Promise<ms.Producer> {
  return here.produce({
    kind: 'audio',
    rtpParameters: {
      codecs: [{ mimeType: 'audio/opus', payloadType: RED_PAYLOAD_TYPE, clockRate: 48_000, channels: 2 }],
      encodings: [{ ssrc: 1 }],
    },
  });
}
