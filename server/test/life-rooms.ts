import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Actor } from '../src/kernel/actor.ts';
import { newId } from '../src/kernel/ids.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { Metrics } from '../src/kernel/metrics.ts';
import { CallPresence } from '../src/modules/consultations/call-presence.ts';
import { EvidenceRecorder } from '../src/modules/evidence/evidence-recorder.ts';
import { RoomRegistry } from '../src/modules/rooms/room-registry.ts';
import { describeSeated } from '../src/modules/rooms/seated-peers.ts';
import type { Connection } from '../src/realtime/connection.ts';
import type { createTestServices } from './build-services.ts';
import { createSilentMedia } from './silent-media.ts';

type Services = Pick<Awaited<ReturnType<typeof createTestServices>>, 'store' | 'clock' | 'consultations' | 'calling'>;

/** A tab of somebody's browser: it keeps its socket until it is lost. */
interface Tab {
  readonly actor: Actor;
  connection: Connection & { lose(): void };
}

const NEVER = 2 ** 31 - 1;

/** The rooms of one server process over real services, with people's tabs in them and the measure that becomes evidence. */
export class LifeRooms {
  readonly registry: RoomRegistry;
  readonly #recorder: EvidenceRecorder;
  readonly #presence: CallPresence;
  readonly #media: ReturnType<typeof createSilentMedia>;
  readonly #tabs = new Map<string, Tab>();
  readonly #calling: Services['calling'];
  #told: Promise<unknown>[] = [];

  constructor({ store, clock, consultations, calling }: Services) {
    const logger = createLogger({ level: 'silent', pretty: false });
    this.#calling = calling;
    this.#media = createSilentMedia(clock);
    this.#presence = CallPresence.create({
      calling: {
        roomPresenceChanged: (id, isBothPresent) => this.#follow(calling.roomPresenceChanged(id, isBothPresent)),
        listLiveCalls: () => calling.listLiveCalls(),
      },
      logger,
      returnMs: NEVER,
    });
    this.registry = RoomRegistry.create({
      media: this.#media,
      access: consultations,
      events: {
        participantJoined: () => undefined,
        participantLeft: () => undefined,
        sidesChanged: this.#presence.sidesChanged.bind(this.#presence),
      },
      curtains: { findCurtain: async () => null, setCurtain: async () => null },
      clock,
      logger,
      metrics: new Metrics(),
      holdSession: () => () => undefined,
      graceMs: NEVER,
    });
    this.#recorder = EvidenceRecorder.start({
      store,
      clock,
      logger,
      listSeated: () => describeSeated(this.registry),
      everyMs: NEVER,
    });
  }

  /** With the microphone on. */
  async enter(actor: Actor, number: number, requestId: RequestId): Promise<void> {
    const { connection } = this.#tabOf(actor, number);
    const context = { actor, connection };
    const { version, rtpCapabilities } = this.#media.capabilities;
    await this.registry.join(context, {
      requestId,
      capabilitiesVersion: version,
      rtpCapabilities,
      hasRed: false,
      isVideoWanted: true,
    });
    await this.registry.createProducer(context, {
      producerKey: newId<string>(),
      kind: 'audio',
      source: 'microphone',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
        encodings: [{}],
      },
      isPaused: false,
    });
  }

  leave(actor: Actor, number: number): void {
    this.registry.leave(this.#tabOf(actor, number).connection);
  }

  /** The socket is gone, the tab comes back with another. */
  lose(actor: Actor, number: number): void {
    const tab = this.#tabOf(actor, number);
    tab.connection.lose();
    tab.connection = createConnection();
  }

  /** What the recorder's clock does. */
  look(): Promise<void> {
    return this.#recorder.look();
  }

  /** Nothing that rooms have told is on its way any more. */
  async settle(): Promise<void> {
    while (this.#told.length > 0) await Promise.allSettled(this.#told.splice(0));
  }

  /** After a start: calls into which nobody has come back are interrupted, as the server's clock does it. */
  async interruptLeft(): Promise<void> {
    for (const id of await this.#calling.listLiveCalls()) await this.#calling.roomPresenceChanged(id, false);
  }

  /** The process is gone, and with it everything that was only in its memory. */
  die(): void {
    this.#presence.close();
    this.registry.close();
  }

  #follow(work: Promise<void>): Promise<void> {
    this.#told.push(work);
    return work;
  }

  #tabOf(actor: Actor, number: number): Tab {
    const key = `${actor.userId} ${number}`;
    const tab = this.#tabs.get(key) ?? { actor, connection: createConnection() };
    this.#tabs.set(key, tab);
    return tab;
  }
}

function createConnection(): Connection & { lose(): void } {
  const listeners: (() => void)[] = [];
  let isOpen = true;
  const lose = () => {
    isOpen = false;
    for (const listener of listeners.splice(0)) listener();
  };
  return {
    id: newId<string>(),
    get isOpen() {
      return isOpen;
    },
    notify: () => undefined,
    onClosed: (listener) => (isOpen ? void listeners.push(listener) : listener()),
    drop: lose,
    end: lose,
    lose,
  };
}
