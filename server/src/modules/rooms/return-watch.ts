import type { MediaProducer } from '../../media/media-port.ts';
import type { Peer } from './peer.ts';
import { countPictures, forgetLostPictures, renewPicturesOf } from './whole-pictures.ts';

/** Whoever hears somebody says so once a second; after so long without a word the server looks itself. */
const SUSPECT_MS = 2000;
/** So long without a packet is a link that was away. */
const QUIET_MS = 800;
/** Between two looks: at first, and when it is known that nothing comes. */
const LOOK_MS = 250;
const CLOSE_LOOK_MS = 50;
/** After so long the way is another one, and told as moved. */
const LIMIT_MS = 90_000;

/**
 * Notices that a link is back whose way is the one from before: nothing moves at the server then, the media worker says nothing of a single
 * stream that stops and starts again, and receivers ask for a whole picture only after they have waited for what was lost. The first packet
 * of sound is the sign, for both directions. Counting packets costs the worker a question each time, so it is done only while nobody says that
 * they hear that person. Muted sound is no sign.
 */
export class ReturnWatch {
  static create(peers: () => readonly Peer[]): ReturnWatch {
    return new ReturnWatch(peers);
  }

  readonly #peers: () => readonly Peer[];
  readonly #timers = new Map<Peer, NodeJS.Timeout>();
  readonly #watched = new Set<Peer>();

  private constructor(peers: () => readonly Peer[]) {
    this.#peers = peers;
  }

  /** Somebody told how the sound of `sender` arrives. */
  heard(sender: Peer): void {
    clearTimeout(this.#timers.get(sender));
    const timer = setTimeout(() => {
      this.#timers.delete(sender);
      void this.#watch(sender);
    }, SUSPECT_MS);
    timer.unref();
    this.#timers.set(sender, timer);
  }

  /** Out of the room. */
  forget(peer: Peer): void {
    clearTimeout(this.#timers.get(peer));
    this.#timers.delete(peer);
  }

  async #watch(peer: Peer): Promise<void> {
    const microphone = microphoneOf(peer);
    if (microphone === undefined || this.#watched.has(peer)) return;
    this.#watched.add(peer);
    try {
      const pictures = await countPictures(peer);
      const isBack = await comesAgain(microphone, {
        isWanted: () => !peer.isClosed && microphoneOf(peer) === microphone,
        onQuiet: () => forgetLostPictures(pictures),
      });
      if (isBack) renewPicturesOf(peer, this.#peers());
    } catch {
      // Closed meanwhile: there is nothing to wait for.
    } finally {
      this.#watched.delete(peer);
    }
  }
}

interface Waiting {
  readonly isWanted: () => boolean;
  /** Nothing has come for long enough to be called silent. */
  readonly onQuiet: () => Promise<void>;
}

/** False when it was never silent, or is not to be waited for any more. */
async function comesAgain(producer: MediaProducer, { isWanted, onQuiet }: Waiting): Promise<boolean> {
  const from = performance.now();
  const { packets } = await producer.count();
  let isQuiet = false;
  while (true) {
    const silentMs = performance.now() - from;
    await sleep(silentMs < QUIET_MS ? LOOK_MS : CLOSE_LOOK_MS);
    if (silentMs > LIMIT_MS || !isWanted()) return false;
    if ((await producer.count()).packets > packets) return isQuiet && isWanted();
    if (isQuiet || silentMs < QUIET_MS) continue;
    isQuiet = true;
    await onQuiet();
  }
}

/** Undefined where it is muted, or sent for moments only. */
function microphoneOf(peer: Peer): MediaProducer | undefined {
  if (peer.step?.why === 'too_thin') return undefined;
  const entry = [...peer.producers.values()].find(({ source }) => source === 'microphone');
  return entry?.producer.isPaused === false ? entry.producer : undefined;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
