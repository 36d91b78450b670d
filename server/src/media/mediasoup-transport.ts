import type { RtpCapabilities, RtpParameters } from '@jaqyn/shared/media/rtp';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type { DtlsParameters, IceParameters, SctpParameters, TransportParameters } from '@jaqyn/shared/media/transport';
import type * as ms from 'mediasoup/types';
import { DomainError } from '../kernel/domain-error.ts';
import type { MediaConsumer, MediaProducer, MediaTransport, TransportMeasure } from './media-port.ts';
import { translated } from './mediasoup-failures.ts';
import { ConsumerAdapter, type PausedProducers, ProducerAdapter } from './mediasoup-tracks.ts';
import { type DownLine, openDownLine, openUpLine, type UpLine } from './report-line.ts';

/** What this process itself has in a router, made when it is first asked for. */
export interface Here {
  readonly pausedProducers: PausedProducers;
  readonly transport: () => Promise<ms.DirectTransport>;
  /** Sound that nobody makes. */
  readonly nothing: () => Promise<ms.Producer>;
  /** Says nothing: what goes over a line is for one client. */
  readonly nobody: () => Promise<ms.DataProducer>;
}

export interface TransportSetup {
  readonly iceParameters: IceParameters;
  readonly spare: IceParameters | undefined;
  readonly isDtlsClient: boolean;
  readonly here: Here;
}

/** {@link MediaTransport} by mediasoup. */
export class TransportAdapter implements MediaTransport {
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
    return new ProducerAdapter(producer, this.#here.pausedProducers);
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
    return new ConsumerAdapter(consumer, this.#here.pausedProducers);
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

function lineParameters({ port, maxSendMessageSize, maxReceiveMessageSize }: ms.SctpParameters): SctpParameters {
  return { port, maxSendMessageSize, maxReceiveMessageSize };
}
