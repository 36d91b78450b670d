import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import { MEDIA_PROFILES, type MediaProfile } from '@jaqyn/shared/media/media-profile';
import { RED_PAYLOAD_TYPE } from '@jaqyn/shared/media/red';
import type { RtpCapabilities, RtpParameters } from '@jaqyn/shared/media/rtp';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type { DtlsParameters, IceParameters, SctpParameters, TransportParameters } from '@jaqyn/shared/media/transport';
import { NotFoundError, WorkerClosedError } from 'mediasoup/errors';
import type * as ms from 'mediasoup/types';
import { DomainError } from '../kernel/domain-error.ts';
import { clientCapabilities, type MediaCapabilities } from './codecs.ts';
import type {
  Direction,
  MediaConsumer,
  MediaCount,
  MediaPort,
  MediaProducer,
  MediaRouter,
  MediaTransport,
  MediaWorkerStatus,
  SpeakerWatch,
  TransportMeasure,
} from './media-port.ts';
import type { MediaWorker } from './media-worker.ts';
import { type DownLine, openDownLine, openUpLine, type UpLine } from './report-line.ts';
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

/** What this process itself has in a router, made when it is first asked for. */
interface Here {
  readonly transport: () => Promise<ms.DirectTransport>;
  /** Sound that nobody makes. */
  readonly nothing: () => Promise<ms.Producer>;
  /** Says nothing: what goes over a line is for one client. */
  readonly nobody: () => Promise<ms.DataProducer>;
}

interface TransportSetup {
  readonly iceParameters: IceParameters;
  readonly spare: IceParameters | undefined;
  readonly isDtlsClient: boolean;
  readonly here: Here;
}

class TransportAdapter implements MediaTransport {
  readonly parameters: TransportParameters;
  readonly #transport: ms.WebRtcTransport;
  readonly #here: Here;
  #restarting: Promise<IceParameters> | undefined;
  #connected: { readonly key: string; readonly done: Promise<void> } | undefined;

  constructor(transport: ms.WebRtcTransport, setup: TransportSetup) {
    const { iceParameters, spare, isDtlsClient } = setup;
    this.#transport = transport;
    this.#here = setup.here;
    const { id, iceCandidates, dtlsParameters, sctpParameters } = transport;
    this.parameters = {
      id,
      iceParameters,
      ...(spare !== undefined && { spareIceParameters: spare }),
      iceCandidates,
      ...(sctpParameters !== undefined && { sctpParameters: lineParameters(sctpParameters) }),
      // With the server as DTLS client the uplink starts one round trip earlier. Never on the way down: there the browser answers
      // an offer that always says "you choose", and two clients would wait for each other.
      dtlsParameters: isDtlsClient ? { ...dtlsParameters, role: 'client' } : dtlsParameters,
    };
  }

  get id(): string {
    return this.#transport.id;
  }

  get isClosed(): boolean {
    return this.#transport.closed;
  }

  get isAlive(): boolean {
    const { iceState, dtlsState } = this.#transport;
    return (iceState === 'connected' || iceState === 'completed') && dtlsState === 'connected';
  }

  async connect(dtlsParameters: DtlsParameters): Promise<void> {
    const key = JSON.stringify(dtlsParameters.fingerprints);
    if (this.#connected !== undefined) {
      if (this.#connected.key !== key) throw new DomainError('transport.rejected');
      return this.#connected.done;
    }
    const done = translated(
      'transport.rejected',
      this.#transport.connect({ dtlsParameters: dtlsParameters as ms.DtlsParameters }),
    );
    this.#connected = { key, done };
    return done.catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
  }

  async restartIce(inUse?: string): Promise<IceParameters> {
    const { iceParameters } = this.#transport;
    // A worker that hangs would make one for each time it was asked.
    if (this.#restarting !== undefined) return this.#restarting;
    // Asked for again because the answer was lost: one more would make those invalid that the client is on.
    if (inUse !== undefined && inUse !== iceParameters.usernameFragment) return iceParameters;
    this.#restarting = translated('transport.rejected', this.#transport.restartIce());
    try {
      return await this.#restarting;
    } finally {
      this.#restarting = undefined;
    }
  }

  async produce(options: { kind: MediaKind; rtpParameters: RtpParameters; isPaused: boolean }): Promise<MediaProducer> {
    const producer = await translated(
      'producer.rejected',
      this.#transport.produce({
        kind: options.kind,
        rtpParameters: options.rtpParameters as ms.RtpParameters,
        paused: options.isPaused,
        // A lost key frame is asked for again after a second, not with every packet of a burst.
        keyFrameRequestDelay: 1000,
      }),
    );
    return new ProducerAdapter(producer);
  }

  async consume(options: {
    producerId: string;
    rtpCapabilities: RtpCapabilities;
    isPaused: boolean;
  }): Promise<MediaConsumer> {
    const consumer = await translated(
      'producer.not_found',
      this.#transport.consume({
        producerId: options.producerId,
        rtpCapabilities: options.rtpCapabilities as ms.RtpCapabilities,
        paused: options.isPaused,
      }),
    );
    return new ConsumerAdapter(consumer);
  }

  async consumeNothing(rtpCapabilities: RtpCapabilities): Promise<MediaConsumer> {
    const { id: producerId } = await translated('media.unavailable', this.#here.nothing());
    return this.consume({ producerId, rtpCapabilities, isPaused: true });
  }

  async openDownLine(): Promise<DownLine> {
    return translated('media.unavailable', openDownLine(this.#transport, await this.#here.nobody()));
  }

  async openUpLine(onMessage: (bytes: Uint8Array) => void): Promise<UpLine> {
    return translated('media.unavailable', openUpLine(this.#transport, await this.#here.transport(), onMessage));
  }

  limitIncoming(bitsPerSecond: number): Promise<void> {
    return translated('transport.rejected', this.#transport.setMaxIncomingBitrate(Math.round(bitsPerSecond)));
  }

  async onEstimate(listener: (bitsPerSecond: number) => void): Promise<void> {
    this.#transport.on('trace', ({ type, info }) => {
      if (type !== 'bwe') return;
      const { availableBitrate } = info as { availableBitrate?: unknown };
      if (typeof availableBitrate === 'number') listener(availableBitrate);
    });
    await translated('transport.rejected', this.#transport.enableTraceEvent(['bwe']));
  }

  async measure(): Promise<TransportMeasure> {
    const [stats] = await translated('transport.not_found', this.#transport.getStats());
    const lost = stats?.rtpPacketLossReceived;
    return {
      receivedBytes: stats?.bytesReceived ?? 0,
      sentBytes: stats?.bytesSent ?? 0,
      lostPercent: lost === undefined ? null : Math.min(100, 100 * lost),
    };
  }

  onMoved(listener: () => void): void {
    let isFirst = this.#transport.iceSelectedTuple === undefined;
    this.#transport.on('iceselectedtuplechange', () => {
      if (!isFirst) listener();
      isFirst = false;
    });
  }

  get remoteAddress(): string | undefined {
    return this.#transport.iceSelectedTuple?.remoteIp;
  }

  close(): void {
    this.#transport.close();
  }
}

class ProducerAdapter implements MediaProducer {
  readonly #producer: ms.Producer;

  constructor(producer: ms.Producer) {
    this.#producer = producer;
  }

  get id(): string {
    return this.#producer.id;
  }

  get kind(): MediaKind {
    return this.#producer.kind;
  }

  get isPaused(): boolean {
    return this.#producer.paused;
  }

  pause(): Promise<void> {
    return translated('producer.rejected', this.#producer.pause());
  }

  resume(): Promise<void> {
    return translated('producer.rejected', this.#producer.resume());
  }

  async count(): Promise<MediaCount> {
    return sum(await translated('producer.not_found', this.#producer.getStats()), 'inbound-rtp');
  }

  close(): void {
    this.#producer.close();
  }
}

class ConsumerAdapter implements MediaConsumer {
  readonly #consumer: ms.Consumer;

  constructor(consumer: ms.Consumer) {
    this.#consumer = consumer;
  }

  get id(): string {
    return this.#consumer.id;
  }

  get producerId(): string {
    return this.#consumer.producerId;
  }

  get kind(): MediaKind {
    return this.#consumer.kind;
  }

  get rtpParameters(): RtpParameters {
    return this.#consumer.rtpParameters as RtpParameters;
  }

  get isPaused(): boolean {
    return this.#consumer.paused;
  }

  get isProducerPaused(): boolean {
    return this.#consumer.producerPaused;
  }

  pause(): Promise<void> {
    return translated('consumer.not_found', this.#consumer.pause());
  }

  resume(): Promise<void> {
    return translated('consumer.not_found', this.#consumer.resume());
  }

  requestKeyFrame(): Promise<void> {
    return translated('consumer.not_found', this.#consumer.requestKeyFrame());
  }

  async count(): Promise<MediaCount> {
    return sum(await translated('consumer.not_found', this.#consumer.getStats()), 'outbound-rtp');
  }

  onProducerClosed(listener: () => void): void {
    this.#consumer.once('producerclose', listener);
  }

  onProducerPaused(listener: (isPaused: boolean) => void): void {
    this.#consumer.on('producerpause', () => listener(true));
    this.#consumer.on('producerresume', () => listener(false));
  }

  close(): void {
    this.#consumer.close();
  }
}

function lineParameters({ port, maxSendMessageSize, maxReceiveMessageSize }: ms.SctpParameters): SctpParameters {
  return { port, maxSendMessageSize, maxReceiveMessageSize };
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

/** Of one direction: a consumer's statistics name the producer's stream, too. Lost packets are those that RTCP told of. */
function sum(stats: readonly (ms.ProducerStat | ms.ConsumerStat)[], type: string): MediaCount {
  const streams = stats.filter((stat) => stat.type === type);
  return {
    packets: streams.reduce(
      (total, { packetCount, packetsLost }) => total + packetCount - (type === 'outbound-rtp' ? packetsLost : 0),
      0,
    ),
    bytes: streams.reduce((total, { byteCount }) => total + byteCount, 0),
  };
}

/** Failures of mediasoup as ours: the worker is gone, the thing is gone, or the parameters were refused. */
async function translated<T>(refused: ErrorCode, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WorkerClosedError) throw new DomainError('media.unavailable', { retryAfter: 1, cause: error });
    if (error instanceof NotFoundError) throw new DomainError('transport.not_found', { cause: error });
    throw new DomainError(refused, { cause: error });
  }
}
