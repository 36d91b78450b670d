import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { isBehindCurtain } from '@jaqyn/shared/media/source';
import type { Curtain } from '@jaqyn/shared/signalling/room';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Peer, PeerProducer } from './peer.ts';
import type { CurtainKeeper } from './room-ports.ts';

interface Options {
  readonly requestId: RequestId;
  readonly curtains: CurtainKeeper;
  readonly clock: Pick<Clock, 'instant'>;
  readonly logger: Logger;
  readonly peers: () => readonly Peer[];
}

/** The curtain before the patient of one room: what flows from the station, and what does not, whatever its senders say. */
export class RoomCurtain {
  static create(options: Options): RoomCurtain {
    return new RoomCurtain(options);
  }

  readonly #options: Options;
  /** Undefined until it was read, once; nobody is let in before. */
  #curtain: Curtain | null | undefined;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Null: it is open. */
  get current(): Curtain | null {
    return this.#curtain ?? null;
  }

  async load(): Promise<void> {
    if (this.#curtain !== undefined) return;
    const found = await this.#options.curtains.findCurtain(this.#options.requestId);
    if (this.#curtain === undefined) this.#curtain = found;
  }

  /**
   * Drawing hides first and is written after; opening is written first. One after the other, so that what is shown is what was
   * written last.
   */
  set(actor: Actor, wanted: { isDrawn: boolean; hidesSound: boolean }): Promise<Curtain | null> {
    const { curtains, clock, requestId } = this.#options;
    const work = this.#work
      .catch(() => undefined)
      .then(async () => {
        const { isDrawn, hidesSound } = wanted;
        if (isDrawn && this.#curtain?.hidesSound !== hidesSound) {
          await this.#use({ hidesSound, by: actor.displayName, at: clock.instant() });
        }
        const curtain = await curtains.setCurtain(actor, requestId, wanted);
        await this.#use(curtain);
        return curtain;
      });
    this.#work = work;
    return work;
  }

  /** It hangs before the patient, not before the specialist. */
  holdsBack(peer: Peer, source: PeerProducer['source']): boolean {
    return peer.side === 'station' && isBehindCurtain(source, this.current);
  }

  /** Brings a track to what its sender wants and the curtain allows. */
  async syncPause(peer: Peer, entry: PeerProducer): Promise<void> {
    const isPaused = entry.isPausedBySender || this.holdsBack(peer, entry.source);
    if (isPaused && !entry.producer.isPaused) await entry.producer.pause();
    if (!isPaused && entry.producer.isPaused) await entry.producer.resume();
  }

  /** Everybody is told in the moment in which it is held back. */
  async #use(curtain: Curtain | null): Promise<void> {
    const { peers, logger, requestId } = this.#options;
    this.#curtain = curtain;
    for (const peer of peers()) peer.notify('curtain:changed', { curtain });
    const tracks = peers().flatMap((peer) => [...peer.producers.values()].map((entry) => ({ peer, entry })));
    const synced = await Promise.allSettled(tracks.map(({ peer, entry }) => this.syncPause(peer, entry)));
    for (const one of synced) {
      // Of a track that closed meanwhile, or with its worker: nothing flows from it.
      if (one.status === 'rejected') logger.info({ err: one.reason, requestId }, 'track not held back');
    }
  }
}
