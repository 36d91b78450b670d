import type { Page } from 'playwright-core';
import { createLogger } from '../../../server/src/kernel/logger.ts';
import type { Direction, MediaProducer, MediaRouter, MediaTransport } from '../../../server/src/media/media-port.ts';
import { MediasoupMedia } from '../../../server/src/media/mediasoup-adapter.ts';
import { WorkerPool } from '../../../server/src/media/worker-pool.ts';
import type { Sfu } from './sfu.ts';

interface Room {
  readonly router: MediaRouter;
  readonly transports: Map<string, MediaTransport>;
  readonly producers: Map<string, MediaProducer[]>;
}

/** What a page posts: of all this, what its question needs. */
interface Asked {
  readonly room: string;
  readonly side: string;
  readonly direction: Direction;
  readonly connect?: string;
  readonly dtlsParameters: Parameters<MediaTransport['connect']>[0];
  readonly transportId: string;
  readonly kind: MediaProducer['kind'];
  readonly rtpParameters: Parameters<MediaTransport['produce']>[0]['rtpParameters'];
  readonly recvRtpCapabilities: Parameters<MediaTransport['consume']>[0]['rtpCapabilities'];
}

/** The product's media side with one worker, and rooms without anything else around them. */
export class OurSfu implements Sfu {
  /** With `unseen`, each page receives everything so many times more than is counted. */
  static async start(unseen: number): Promise<OurSfu> {
    const pool = await WorkerPool.create({
      count: 1,
      basePort: 0,
      listenIps: ['127.0.0.1'],
      logger: createLogger({ level: 'silent', pretty: false }),
    });
    return new OurSfu(MediasoupMedia.create(pool), unseen);
  }

  readonly #media: MediasoupMedia;
  readonly #unseen: number;
  readonly #rooms = new Map<string, Promise<Room>>();

  private constructor(media: MediasoupMedia, unseen: number) {
    this.#media = media;
    this.#unseen = unseen;
  }

  get pid(): number {
    const pid = this.#media.workers()[0]?.pid;
    if (pid === undefined) throw new Error('the media worker has died');
    return pid;
  }

  async connect(room: string, pages: readonly [Page, Page]): Promise<void> {
    const sides = pages.map((page, index) => ({ page, room, side: String(index), unseen: this.#unseen }));
    for (const { page, ...who } of sides) {
      await page.evaluate(({ room, side }) => window.sfu.sendToOurs(room, side), who);
    }
    for (const { page, ...who } of sides) {
      await page.evaluate(({ room, side, unseen }) => window.sfu.receiveFromOurs(room, side, unseen), who);
    }
  }

  /** Answers a page's `POST /ours/NAME`. */
  async answer(name: string, asked: Asked): Promise<unknown> {
    const room = await this.#room(asked.room);
    switch (name) {
      case 'capabilities':
        return this.#media.capabilities.rtpCapabilities;
      case 'transport': {
        if (asked.connect !== undefined) {
          await transportOf(room, asked.connect).connect(asked.dtlsParameters);
          return {};
        }
        const transport = await room.router.createTransport(asked.direction);
        room.transports.set(transport.id, transport);
        return transport.parameters;
      }
      case 'produced': {
        const { side, transportId, kind, rtpParameters } = asked;
        const producer = await transportOf(room, transportId).produce({ kind, rtpParameters, isPaused: false });
        room.producers.set(side, [...(room.producers.get(side) ?? []), producer]);
        return { id: producer.id };
      }
      case 'consumed': {
        const { side, transportId, recvRtpCapabilities: rtpCapabilities } = asked;
        const others = [...room.producers].flatMap(([other, producers]) => (other === side ? [] : producers));
        const consumers = [];
        for (const { id: producerId } of others) {
          const consumer = await transportOf(room, transportId).consume({
            producerId,
            rtpCapabilities,
            isPaused: false,
          });
          const { id, kind, rtpParameters } = consumer;
          consumers.push({ id, producerId, kind, rtpParameters });
        }
        return consumers;
      }
      default:
        throw new Error(`nothing answers to ${name}`);
    }
  }

  close(): Promise<void> {
    return this.#media.close();
  }

  #room(name: string): Promise<Room> {
    const known = this.#rooms.get(name);
    if (known !== undefined) return known;
    const made = this.#media.createRouter().then((router) => ({ router, transports: new Map(), producers: new Map() }));
    this.#rooms.set(name, made);
    return made;
  }
}

function transportOf(room: Room, id: string): MediaTransport {
  const transport = room.transports.get(id);
  if (transport === undefined) throw new Error(`no transport ${id}`);
  return transport;
}
