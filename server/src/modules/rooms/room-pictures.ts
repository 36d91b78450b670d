import type { PeerId } from '@jaqyn/shared/kernel/ids';
import type { MediaRouter, SpeakerWatch } from '../../media/media-port.ts';
import type { Peer, PeerProducer } from './peer.ts';
import { chooseFaces, type Seen } from './picture-choice.ts';
import { SpeakerHold } from './speaker-hold.ts';

interface Options {
  /** Who is in the room at the moment. */
  readonly peers: () => readonly Peer[];
  /** What the media server refused; the pictures stay as they are. */
  readonly onError: (error: unknown) => void;
}

/** Looks in a row at which the same one is the loudest, a third of a second each: speech, and no cough. */
const SPEECH_LOOKS = 3;
/** Fewer have nothing to choose from, and nobody has to be told who speaks. */
const LEAST_PEERS = 3;

/** Whose picture goes to whom in a room of three or more, and who speaks there. */
export class RoomPictures {
  static create(options: Options): RoomPictures {
    return new RoomPictures(options);
  }

  readonly #options: Options;
  readonly #hold: SpeakerHold<PeerId>;
  /** Who has spoken, the last one first. */
  #spoken: readonly PeerId[] = [];
  #loudest: { readonly id: PeerId; readonly times: number } | undefined;
  #watch: Promise<SpeakerWatch | undefined> | undefined;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#hold = SpeakerHold.create((speaker) => {
      if (speaker !== null) this.#spoken = [speaker, ...this.#spoken.filter((id) => id !== speaker)];
      for (const peer of options.peers()) peer.notify('speaker:changed', { peerId: speaker });
      this.choose();
    });
  }

  get speaker(): PeerId | null {
    return this.#hold.speaker;
  }

  /** A picture that does not go to this receiver now. Sound always goes; so do the pictures of an examination where any do. */
  isHeld(to: Peer, from: Peer, { source, producer }: PeerProducer): boolean {
    if (producer.kind === 'audio') return false;
    if (to.width.width === 'none') return true;
    const isChosenFrom = source === 'camera' && this.#options.peers().length >= LEAST_PEERS;
    return isChosenFrom && !this.#facesFor(to).has(from.id);
  }

  /** Brings what flows to what is chosen. To be called after whatever may change it; `router` where microphones may have come. */
  choose(router?: MediaRouter): void {
    if (this.#isClosed) return;
    if (router !== undefined) void this.#listen(router).catch(this.#options.onError);
    const peers = new Map(this.#options.peers().map((peer) => [peer.id, peer]));
    for (const to of peers.values()) {
      for (const entry of to.consumers.values()) {
        const from = peers.get(entry.from);
        const produced = [...(from?.producers.values() ?? [])].find(
          ({ producer }) => producer.id === entry.consumer.producerId,
        );
        if (from === undefined || produced === undefined) continue;
        const isHeld = this.isHeld(to, from, produced);
        if (isHeld === entry.isHeld) continue;
        entry.setHeld(isHeld).catch(this.#options.onError);
        if (to.isAnnounced) to.notify('consumer:held', { consumerId: entry.consumer.id, isHeld });
      }
    }
  }

  /** They are out. */
  forget(peer: Peer): void {
    this.#spoken = this.#spoken.filter((id) => id !== peer.id);
    this.#hold.forget(peer.id);
    this.choose();
  }

  /** Its worker died, and who listened there with it. */
  forgetRouter(): void {
    this.#watch = undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.#hold.close();
  }

  #facesFor(to: Peer): ReadonlySet<string> {
    const others = this.#options.peers().filter((peer) => peer !== to);
    return chooseFaces({ side: to.side, width: to.width.width }, others.map(seen), this.#spoken);
  }

  /** From the third person on somebody listens for who speaks. */
  async #listen(router: MediaRouter): Promise<void> {
    const peers = this.#options.peers();
    if (peers.length < LEAST_PEERS) return;
    this.#watch ??= router
      .watchSpeakers((producerId) => this.#heard(producerId))
      .catch((error: unknown) => {
        this.#options.onError(error);
        this.#watch = undefined;
        return undefined;
      });
    const watch = await this.#watch;
    if (watch === undefined) return;
    for (const { source, producer } of peers.flatMap((peer) => [...peer.producers.values()])) {
      if (source === 'microphone') await watch.add(producer.id).catch(this.#options.onError);
    }
  }

  #heard(producerId: string): void {
    if (this.#isClosed) return;
    const peers = this.#options.peers();
    if (peers.length < LEAST_PEERS) return;
    const speaker = peers.find((peer) =>
      [...peer.producers.values()].some(({ producer }) => producer.id === producerId),
    );
    if (speaker === undefined) return;
    this.#loudest = { id: speaker.id, times: this.#loudest?.id === speaker.id ? this.#loudest.times + 1 : 1 };
    if (this.#loudest.times >= SPEECH_LOOKS) this.#hold.note(speaker.id);
  }
}

function seen(peer: Peer): Seen {
  const hasFace = [...peer.producers.values()].some(
    ({ source, isPausedBySender }) => source === 'camera' && !isPausedBySender,
  );
  return { id: peer.id, side: peer.side, hasFace };
}
