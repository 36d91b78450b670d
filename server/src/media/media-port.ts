/**
 * What rooms need of a media server. mediasoup stands behind it; nothing above this folder knows its types.
 *
 * Every call may throw `media.unavailable`: the worker died meanwhile, or none is up. All `close()` are idempotent and cascade
 * downward: router → transports → producers and consumers.
 */
import type { MediaProfile } from '@jaqyn/shared/media/media-profile';
import type { RtpCapabilities, RtpParameters } from '@jaqyn/shared/media/rtp';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type { DtlsParameters, IceParameters, TransportParameters } from '@jaqyn/shared/media/transport';
import type { MediaCapabilities } from './codecs.ts';
import type { DownLine, UpLine } from './report-line.ts';

export interface MediaPort {
  readonly profile: MediaProfile;
  /** The same for every room. */
  readonly capabilities: MediaCapabilities;
  /** On the worker with the least to do; waits for one when all are being replaced. */
  createRouter(): Promise<MediaRouter>;
  workers(): readonly MediaWorkerStatus[];
  close(): Promise<void>;
}

export interface MediaWorkerStatus {
  readonly index: number;
  readonly isUp: boolean;
  readonly pid: number | undefined;
  readonly transports: number;
  readonly deaths: number;
}

export type Direction = 'send' | 'recv';

export interface MediaRouter {
  readonly isClosed: boolean;
  /** Direction as the client sees it: `send` carries its tracks to the server. */
  createTransport(direction: Direction): Promise<MediaTransport>;
  canConsume(producerId: string, rtpCapabilities: RtpCapabilities): boolean;
  /** Tells who is loudest of the microphones that are added, about three times a second; nothing while all are quiet. */
  watchSpeakers(onSpeaker: (producerId: string) => void): Promise<SpeakerWatch>;
  /** Called once when the worker died; everything below is closed by then. Not called by `close()`. */
  onLost(listener: () => void): void;
  close(): void;
}

export interface SpeakerWatch {
  /** Twice is once; what closes leaves by itself. */
  add(producerId: string): Promise<void>;
  close(): void;
}

export interface MediaTransport {
  readonly id: string;
  readonly parameters: TransportParameters;
  readonly isClosed: boolean;
  /** Packets have come from the client within the last minute (ICE consent) and it has not said goodbye (DTLS). */
  readonly isAlive: boolean;
  /** Repeating it with the same fingerprints has no effect; with others it throws `transport.rejected`. */
  connect(dtlsParameters: DtlsParameters): Promise<void>;
  /**
   * The ICE parameters after those whose user name fragment is `inUse`. The transport takes two sets at a time, so that new ones are made
   * only when the last ones are in use; otherwise the last ones are answered again. Without `inUse` new ones are made in any case.
   */
  restartIce(inUse?: string): Promise<IceParameters>;
  /** Throws `producer.rejected` when the parameters do not fit the router. */
  produce(options: { kind: MediaKind; rtpParameters: RtpParameters; isPaused: boolean }): Promise<MediaProducer>;
  consume(options: { producerId: string; rtpCapabilities: RtpCapabilities; isPaused: boolean }): Promise<MediaConsumer>;
  /**
   * A track on which nothing ever comes: a client connects when there is something to receive, and so is connected before anybody
   * sends. It goes with the transport.
   */
  consumeNothing(rtpCapabilities: RtpCapabilities): Promise<MediaConsumer>;
  /** For short messages to the client that nobody waits for; see report-line.ts. Once for a transport of the way down. */
  openDownLine(): Promise<DownLine>;
  /** The same from the client; once for a transport of the way up. */
  openUpLine(onMessage: (bytes: Uint8Array) => void): Promise<UpLine>;
  /** Asks the client to send at most so much, audio and video together, in bit/s. */
  limitIncoming(bitsPerSecond: number): Promise<void>;
  /** The estimate of what the client can receive, in bit/s, about once a second; counts video only. */
  onEstimate(listener: (bitsPerSecond: number) => void): Promise<void>;
  /** What has gone over it since it was made; the share of losses is of the last second or so, null where nothing was measured. */
  measure(): Promise<TransportMeasure>;
  /** The client is heard by another way than before. Not called for the first one. */
  onMoved(listener: () => void): void;
  /** The client's address as its packets show it; undefined before there are any. */
  readonly remoteAddress: string | undefined;
  close(): void;
}

export interface TransportMeasure {
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly lostPercent: number | null;
}

/** What has gone through since the beginning. */
export interface MediaCount {
  readonly packets: number;
  readonly bytes: number;
}

export interface MediaProducer {
  readonly id: string;
  readonly kind: MediaKind;
  /** What was asked for last. */
  readonly isPaused: boolean;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Forgets what did not come: it is not asked for any more, and receivers of a picture begin with a whole one. Nothing while it is paused. */
  startAnew(): Promise<void>;
  /** Received from the client. */
  count(): Promise<MediaCount>;
  close(): void;
}

export interface MediaConsumer {
  readonly id: string;
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  /** What was asked for last, of this track and of what it forwards. */
  readonly isPaused: boolean;
  readonly isProducerPaused: boolean;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Forgets what was sent: it is not sent again, and a picture begins with a whole one. Nothing while it is paused. */
  startAnew(): Promise<void>;
  /** Asks its sender for a whole picture. */
  requestKeyFrame(): Promise<void>;
  /** Sent to the client, without what it said it lost. */
  count(): Promise<MediaCount>;
  onProducerClosed(listener: () => void): void;
  onProducerPaused(listener: (isPaused: boolean) => void): void;
  close(): void;
}
