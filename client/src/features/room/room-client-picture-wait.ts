import { NO_WAIT, nextPictureWait, type PictureReading, type PictureWait } from '@jaqyn/shared/media/picture-wait';

/** Newer than the DOM types. */
type WaitingReceiver = RTCRtpReceiver & { jitterBufferTarget?: number | null };

/** `ms` 0: as the browser has it. Nothing where a browser cannot. */
export function setWait(receiver: RTCRtpReceiver, ms: number): void {
  const held: WaitingReceiver = receiver;
  const target = ms === 0 ? null : ms;
  if ('jitterBufferTarget' in receiver && held.jitterBufferTarget !== target) held.jitterBufferTarget = target;
}

/** By which a picture comes. */
export interface Way {
  /** What the voice of the same person waits for its copies. */
  readonly voiceWaitMs: number;
  /** Of the longer of both ways to the server. */
  readonly rttMs: number;
}

interface Watched {
  readonly counters: PictureReading;
  readonly wait: PictureWait;
}

/** Lets each picture wait for what is sent again, and for the voice of the person in it where that waits longer. */
export class PictureWaits {
  static create(receiverOf: (trackId: string) => RTCRtpReceiver | undefined): PictureWaits {
    return new PictureWaits(receiverOf);
  }

  readonly #receiverOf: (trackId: string) => RTCRtpReceiver | undefined;
  #watched: ReadonlyMap<string, Watched> = new Map();

  private constructor(receiverOf: (trackId: string) => RTCRtpReceiver | undefined) {
    this.#receiverOf = receiverOf;
  }

  /** `pictures`: counters by track, of all there are. */
  note(pictures: ReadonlyMap<string, PictureReading>, now: number, wayOf: (trackId: string) => Way): void {
    const watched = new Map<string, Watched>();
    for (const [trackId, counters] of pictures) {
      const before = this.#watched.get(trackId);
      const { voiceWaitMs, rttMs } = wayOf(trackId);
      const wait =
        before === undefined ? NO_WAIT : nextPictureWait(before.wait, now, since(before.counters, counters), rttMs);
      watched.set(trackId, { counters, wait });
      const receiver = this.#receiverOf(trackId);
      if (receiver !== undefined) setWait(receiver, Math.max(wait.waitMs, voiceWaitMs));
    }
    this.#watched = watched;
  }
}

function since(before: PictureReading, now: PictureReading): PictureReading {
  return {
    freezes: now.freezes - before.freezes,
    frozenMs: now.frozenMs - before.frozenMs,
    again: now.again - before.again,
  };
}
