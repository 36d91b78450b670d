import type { RtpParameters } from '@jaqyn/shared/media/rtp';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type * as ms from 'mediasoup/types';
import type { MediaConsumer, MediaCount, MediaProducer } from './media-port.ts';
import { translated } from './mediasoup-failures.ts';

/** {@link MediaProducer} by mediasoup. */
export class ProducerAdapter implements MediaProducer {
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

/** {@link MediaConsumer} by mediasoup. */
export class ConsumerAdapter implements MediaConsumer {
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
