import type { PeerId } from '@jaqyn/shared/kernel/ids';
import type { RtpCapabilities } from '@jaqyn/shared/media/rtp';
import type { MediaSource } from '@jaqyn/shared/media/source';
import type { NotificationData, NotificationName } from '@jaqyn/shared/signalling/events';
import type { RoomConsumer, RoomPeer, RoomSide, SentStep } from '@jaqyn/shared/signalling/room';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import type { MediaProducer, MediaTransport } from '../../media/media-port.ts';
import type { DownLine } from '../../media/report-line.ts';
import type { Connection } from '../../realtime/connection.ts';
import type { PeerConsumer } from './peer-consumer.ts';
import { FIRST_WIDTH, type WidthState } from './picture-width.ts';

export interface PeerProducer {
  readonly source: MediaSource;
  readonly producer: MediaProducer;
  /** What its sender wants; a curtain may hold it back besides. */
  isPausedBySender: boolean;
}

interface Options {
  readonly actor: Actor;
  readonly side: RoomSide;
  readonly connection: Connection;
  readonly rtpCapabilities: RtpCapabilities;
  readonly hasRed: boolean;
  /** What was agreed on when it joined: its voice is RED, and it takes RED for voice. */
  readonly isVoiceRedundant: boolean;
  readonly isVideoWanted: boolean;
  readonly send: MediaTransport;
  readonly recv: MediaTransport;
  /** Lets go of what was held for this peer; called once, when it closes. */
  readonly release: () => void;
}

/** One tab's stay in a room: two transports, what it sends, what it gets. Its ids resolve here and nowhere else. */
export class Peer {
  static create(options: Options): Peer {
    return new Peer(options);
  }

  readonly id = newId<PeerId>();
  readonly actor: Actor;
  readonly side: RoomSide;
  readonly rtpCapabilities: RtpCapabilities;
  readonly hasRed: boolean;
  readonly isVoiceRedundant: boolean;
  readonly send: MediaTransport;
  readonly recv: MediaTransport;
  /** By the key its client chose. */
  readonly producers = new Map<string, PeerProducer>();
  readonly consumers = new Map<string, PeerConsumer>();
  /** The client knows its consumers: from here on each new one is announced. */
  isAnnounced = false;
  /** The last that its client said: pictures of whoever comes flow, or wait to be asked for. */
  isVideoWanted: boolean;
  /** What it last said it sends of a picture. */
  step: SentStep | null = null;
  /** What this client can receive, in bit/s; 0 while nothing was measured. */
  estimate = 0;
  /** How many pictures its link carries. */
  width: WidthState = FIRST_WIDTH;
  /** Undefined: what is told of its sound goes over the socket. */
  reportLine: DownLine | undefined;
  /** When (ms, monotonic) a receiver last told this client how its sound arrives: then it fits itself, faster than anybody could. */
  advisedAt = Number.NEGATIVE_INFINITY;
  readonly #release: () => void;
  #connection: Connection | undefined;
  #returnTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  private constructor(options: Options) {
    this.actor = options.actor;
    this.side = options.side;
    this.rtpCapabilities = options.rtpCapabilities;
    this.hasRed = options.hasRed;
    this.isVoiceRedundant = options.isVoiceRedundant;
    this.isVideoWanted = options.isVideoWanted;
    this.send = options.send;
    this.recv = options.recv;
    this.#connection = options.connection;
    this.#release = options.release;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** False after its media worker died: nothing of it can be used any more, its client joins again. */
  get hasMedia(): boolean {
    return !this.#isClosed && !this.send.isClosed && !this.recv.isClosed;
  }

  get isMediaAlive(): boolean {
    return this.send.isAlive || this.recv.isAlive;
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  get isReachable(): boolean {
    return this.#connection?.isOpen ?? false;
  }

  describe(): RoomPeer {
    return {
      peerId: this.id,
      userId: this.actor.userId,
      displayName: this.actor.displayName,
      side: this.side,
      isReachable: this.isReachable,
      step: this.step,
    };
  }

  notify<Name extends NotificationName>(name: Name, data: NotificationData<Name>): void {
    this.#connection?.notify(name, data);
  }

  /** The client is here, on this socket. */
  attach(connection: Connection): void {
    this.#connection = connection;
    this.stopWaiting();
  }

  detach(): void {
    this.#connection = undefined;
  }

  /** Calls back unless the client has come back by then. */
  waitForReturn(ms: number, onGone: () => void): void {
    clearTimeout(this.#returnTimer);
    this.#returnTimer = setTimeout(onGone, ms);
    this.#returnTimer.unref();
  }

  stopWaiting(): void {
    clearTimeout(this.#returnTimer);
  }

  getTransport(transportId: string): MediaTransport {
    this.#assertMedia();
    const transport = [this.send, this.recv].find(({ id }) => id === transportId);
    if (transport === undefined) throw new DomainError('transport.not_found');
    return transport;
  }

  getProducer(key: string): PeerProducer {
    this.#assertMedia();
    const entry = this.producers.get(key);
    if (entry === undefined) throw new DomainError('producer.not_found');
    return entry;
  }

  /** The client is ready for these tracks, or does not want them. All of them, or `consumer.not_found` when one is not this peer's. */
  async setWanted(consumerIds: readonly string[], isWanted: boolean): Promise<void> {
    this.#assertMedia();
    const entries = consumerIds.map((id) => {
      const entry = this.consumers.get(id);
      if (entry === undefined) throw new DomainError('consumer.not_found');
      return entry;
    });
    if (entries.some(({ consumer }) => consumer.kind === 'video')) this.isVideoWanted = isWanted;
    await Promise.all(entries.map((entry) => entry.setWanted(isWanted)));
  }

  closeProducer(key: string): void {
    this.producers.get(key)?.producer.close();
    this.producers.delete(key);
  }

  describeConsumers(): RoomConsumer[] {
    return [...this.consumers.values()].map((entry) => entry.describe());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.stopWaiting();
    this.send.close();
    this.recv.close();
    this.producers.clear();
    this.consumers.clear();
    this.#connection = undefined;
    this.#release();
  }

  #assertMedia(): void {
    if (!this.hasMedia) throw new DomainError('room.not_joined');
  }
}
