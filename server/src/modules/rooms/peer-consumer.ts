import type { PeerId } from '@jaqyn/shared/kernel/ids';
import type { MediaSource } from '@jaqyn/shared/media/source';
import type { RoomConsumer } from '@jaqyn/shared/signalling/room';
import type { MediaConsumer } from '../../media/media-port.ts';

interface Options {
  readonly from: PeerId;
  readonly source: MediaSource;
  readonly consumer: MediaConsumer;
  readonly isWanted: boolean;
  readonly isHeld: boolean;
}

/** A track on its way to a receiver. It flows while the receiver wants it and the room does not hold it back. */
export class PeerConsumer {
  static create(options: Options): PeerConsumer {
    return new PeerConsumer(options);
  }

  readonly from: PeerId;
  readonly source: MediaSource;
  readonly consumer: MediaConsumer;
  #isWanted: boolean;
  #isHeld: boolean;
  #work: Promise<void> = Promise.resolve();

  private constructor({ from, source, consumer, isWanted, isHeld }: Options) {
    this.from = from;
    this.source = source;
    this.consumer = consumer;
    this.#isHeld = isHeld;
    this.#isWanted = isWanted;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Packets may go. */
  get isFlowing(): boolean {
    return this.#isWanted && !this.#isHeld && !this.consumer.isProducerPaused;
  }

  setWanted(isWanted: boolean): Promise<void> {
    this.#isWanted = isWanted;
    return this.#sync();
  }

  setHeld(isHeld: boolean): Promise<void> {
    this.#isHeld = isHeld;
    return this.#sync();
  }

  describe(): RoomConsumer {
    const { consumer, from, source } = this;
    return {
      consumerId: consumer.id,
      peerId: from,
      producerId: consumer.producerId,
      kind: consumer.kind,
      source,
      rtpParameters: consumer.rtpParameters,
      isPaused: consumer.isProducerPaused,
      isFlowing: this.#isWanted,
      isHeld: this.#isHeld,
    };
  }

  /** One after the other, so that the last word is the one that holds. */
  #sync(): Promise<void> {
    const work = this.#work
      .catch(() => undefined)
      .then(async () => {
        const isPaused = !this.#isWanted || this.#isHeld;
        if (isPaused && !this.consumer.isPaused) await this.consumer.pause();
        if (!isPaused && this.consumer.isPaused) await this.consumer.resume();
      });
    this.#work = work;
    return work;
  }
}
