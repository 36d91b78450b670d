import { MEDIA_PROFILES, type MediaProfile } from '@jaqyn/shared/media/media-profile';
import { isClinicalSide } from '@jaqyn/shared/signalling/room';
import type { Connection } from '../../realtime/connection.ts';
import type { Peer } from './peer.ts';

/**
 * Fits what everybody sends to the thinnest receiver's link. Without it a 128k link gets a stream of 600k: no picture at all
 * behind a full queue. Once a second the senders are told a limit, 85 % of what the receiver is measured to take: browsers that estimate their way
 * themselves by REMB, the others by `sender:limited`.
 * Measured at 128k, RTT 600 ms: 7–8 fps, no freeze, queue 58 ms.
 */
export const FIT = {
  /** Before anything was measured. */
  startBps: 80_000,
  /** The limit counts audio and video, the measurement video only. */
  audioBps: 36_000,
  margin: 0.85,
  /** Below it video is better switched off than squeezed. */
  floorBps: 64_000,
  ceilingBps: 1_200_000,
  /** Falls at once, rises by at most so much a step, and does not bother for less than 5 %. */
  rise: 1.5,
  indifference: 0.05,
  periodMs: 1000,
  /** A sender that its receivers have told so lately how its sound arrives fits itself: this limit then only gets out of the way. */
  adviceMs: 5000,
} as const;

/** The next limit of a sender in bit/s, from the thinnest receiver's share; 0 means not measured: stays as it is. */
export function nextLimit(limit: number, estimate: number): number {
  if (estimate <= 0) return limit;
  const wanted = Math.min(FIT.ceilingBps, Math.max(FIT.floorBps, estimate * FIT.margin + FIT.audioBps));
  const next = Math.min(wanted, limit * FIT.rise);
  return Math.abs(next - limit) > FIT.indifference * limit ? Math.round(next) : limit;
}

export class SenderFit {
  /** `peers` answers who is in the room at the moment; `onError` gets what the media server refused. */
  static create(
    peers: () => Iterable<Peer>,
    onError: (error: unknown) => void,
    estimate: MediaProfile['estimate'] = MEDIA_PROFILES.fitted.estimate,
  ): SenderFit {
    return new SenderFit(peers, onError, estimate);
  }

  readonly #peers: () => Iterable<Peer>;
  readonly #onError: (error: unknown) => void;
  readonly #estimate: MediaProfile['estimate'];
  readonly #limits = new WeakMap<Peer, number>();
  /** By socket: who comes back on another one is told again. */
  readonly #told = new WeakMap<Connection, number>();
  readonly #timer: NodeJS.Timeout;

  private constructor(
    peers: () => Iterable<Peer>,
    onError: (error: unknown) => void,
    estimate: MediaProfile['estimate'],
  ) {
    this.#estimate = estimate;
    this.#peers = peers;
    this.#onError = onError;
    this.#timer = setInterval(() => this.#fit(), FIT.periodMs);
    this.#timer.unref();
  }

  /** To be called before the peer sends video. A call goes on unfitted rather than not at all. */
  async start(peer: Peer): Promise<void> {
    const { isFitted, unfittedLimitBps } = this.#estimate;
    if (!isFitted) return peer.send.limitIncoming(unfittedLimitBps).catch(this.#onError);
    this.#limits.set(peer, FIT.startBps);
    try {
      await Promise.all([
        peer.send.limitIncoming(FIT.startBps),
        peer.recv.onEstimate((bitsPerSecond) => {
          peer.estimate = bitsPerSecond;
        }),
      ]);
    } catch (error) {
      this.#onError(error);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #fit(): void {
    const peers = [...this.#peers()].filter(({ hasMedia }) => hasMedia);
    for (const sender of peers) {
      const limit = this.#limits.get(sender);
      if (limit === undefined) continue;
      const fitsItself = performance.now() - sender.advisedAt < FIT.adviceMs;
      const next = nextLimit(limit, fitsItself ? FIT.ceilingBps : thinnestShare(sender, peers));
      if (!fitsItself) this.#tell(sender, next);
      if (next === limit) continue;
      this.#limits.set(sender, next);
      sender.send.limitIncoming(next).catch(this.#onError);
    }
  }

  #tell(sender: Peer, bitsPerSecond: number): void {
    const { connection } = sender;
    if (connection === undefined || this.#told.get(connection) === bitsPerSecond) return;
    this.#told.set(connection, bitsPerSecond);
    sender.notify('sender:limited', { bitsPerSecond });
  }
}

/** The least that any receiver of the sender's video can take of it; a receiver of several videos splits its link. 0: nobody known. */
function thinnestShare(sender: Peer, peers: readonly Peer[]): number {
  // Who only listens in does not make the picture smaller for those who look at a patient: see picture-width.ts.
  const counted = peers.filter(({ side }) => isClinicalSide(side));
  const shares = counted.flatMap((receiver) => {
    const videos = [...receiver.consumers.values()].filter(
      ({ consumer }) => consumer.kind === 'video' && !consumer.isPaused && !consumer.isProducerPaused,
    );
    const gets = videos.some(({ from }) => from === sender.id);
    return gets && receiver.estimate > 0 ? [receiver.estimate / videos.length] : [];
  });
  return shares.length === 0 ? 0 : Math.min(...shares);
}
