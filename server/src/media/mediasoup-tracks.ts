import type { RtpParameters } from '@jaqyn/shared/media/rtp';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type * as ms from 'mediasoup/types';
import type { MediaConsumer, MediaCount, MediaProducer } from './media-port.ts';
import { translated } from './mediasoup-failures.ts';

/**
 * Ids of the producers of a router that are meant to be paused. What mediasoup says is not: it is behind by the way to the worker, so that who looked there
 * would leave open what is just being opened; and to begin anew stops a track for a moment, of which nobody is to hear.
 */
export type PausedProducers = Set<string>;

/** {@link MediaProducer} by mediasoup. */
export class ProducerAdapter implements MediaProducer {
  readonly #producer: ms.Producer;
  readonly #paused: PausedProducers;

  constructor(producer: ms.Producer, paused: PausedProducers) {
    this.#producer = producer;
    this.#paused = paused;
    this.#mean(producer.paused);
    producer.observer.once('close', () => paused.delete(producer.id));
  }

  get id(): string {
    return this.#producer.id;
  }

  get kind(): MediaKind {
    return this.#producer.kind;
  }

  get isPaused(): boolean {
    return this.#paused.has(this.#producer.id);
  }

  pause(): Promise<void> {
    return this.#set(true);
  }

  resume(): Promise<void> {
    return this.#set(false);
  }

  async startAnew(): Promise<void> {
    if (this.isPaused) return;
    // Sent one after the other without a wait between them: a pause that is asked for now comes after both.
    const both = [this.#producer.pause(), this.#producer.resume()];
    await translated('producer.rejected', Promise.all(both));
  }

  async #set(isPaused: boolean): Promise<void> {
    this.#mean(isPaused);
    try {
      await translated('producer.rejected', isPaused ? this.#producer.pause() : this.#producer.resume());
    } catch (error) {
      this.#mean(this.#producer.paused);
      throw error;
    }
  }

  #mean(isPaused: boolean): void {
    if (isPaused) this.#paused.add(this.#producer.id);
    else this.#paused.delete(this.#producer.id);
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
  readonly #paused: PausedProducers;
  /** Meant to be, as for producers. */
  #isPaused: boolean;

  constructor(consumer: ms.Consumer, paused: PausedProducers) {
    this.#consumer = consumer;
    this.#paused = paused;
    this.#isPaused = consumer.paused;
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
    return this.#isPaused;
  }

  get isProducerPaused(): boolean {
    return this.#paused.has(this.#consumer.producerId);
  }

  pause(): Promise<void> {
    return this.#set(true);
  }

  resume(): Promise<void> {
    return this.#set(false);
  }

  async startAnew(): Promise<void> {
    if (this.#isPaused) return;
    await translated('consumer.not_found', Promise.all([this.#consumer.pause(), this.#consumer.resume()]));
  }

  async #set(isPaused: boolean): Promise<void> {
    this.#isPaused = isPaused;
    try {
      await translated('consumer.not_found', isPaused ? this.#consumer.pause() : this.#consumer.resume());
    } catch (error) {
      this.#isPaused = this.#consumer.paused;
      throw error;
    }
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
    let told = this.isProducerPaused;
    const tell = () => {
      if (this.isProducerPaused === told) return;
      told = this.isProducerPaused;
      listener(told);
    };
    this.#consumer.on('producerpause', tell);
    this.#consumer.on('producerresume', tell);
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
