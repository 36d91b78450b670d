import type { MediaSource } from '@jaqyn/shared/media/source';
import type { types } from 'mediasoup-client';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';

/** What is to be sent of one source. Without a track the place in the call is kept, silent and dark. */
export interface SendingTrack {
  readonly track: MediaStreamTrack | null;
  readonly isPaused: boolean;
}

/**
 * Speech at 24 kbit/s with in-band FEC. 700 kbit/s is what 640×480 at 15 fps needs; it is also how high the server probes, so it
 * is not more. The server tells the real limit, which starts at 80 kbit/s.
 */
const CODEC_OPTIONS = {
  microphone: { opusFec: true, opusDtx: false, opusStereo: false, opusMaxAverageBitrate: 24_000 },
  camera: { videoGoogleStartBitrate: 100 },
  screen: { videoGoogleStartBitrate: 100 },
} as const;
const ENCODINGS = {
  microphone: undefined,
  camera: [{ maxBitrate: 700_000 }],
  screen: [{ maxBitrate: 700_000 }],
} as const;

interface Sent {
  readonly producer: types.Producer;
  /** What the server has been told and has confirmed. */
  toldPaused: boolean;
}

interface Options {
  readonly source: MediaSource;
  readonly transport: types.Transport;
  readonly signalling: Signalling;
  /** The server refused the track. */
  readonly onRefused: (problem: ProblemError) => void;
}

/**
 * Sends one source: brings what is sent, and what the server was told, to what is wanted, one step after the other, whatever
 * changes meanwhile. What could not be told because the server was away is told by `sync()`.
 */
export class SourceSender {
  static create(options: Options): SourceSender {
    return new SourceSender(options);
  }

  readonly #options: Options;
  #wanted: SendingTrack = { track: null, isPaused: false };
  #sent: Sent | undefined;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
  }

  get producer(): types.Producer | undefined {
    return this.#sent?.producer;
  }

  set(wanted: SendingTrack): void {
    this.#wanted = wanted;
    this.sync();
  }

  sync(): void {
    this.#work = this.#work.then(() => this.#reconcile()).catch((error: unknown) => this.#failed(error));
  }

  close(): void {
    this.#isClosed = true;
    this.#sent?.producer.close();
  }

  async #reconcile(): Promise<void> {
    if (this.#isClosed) return;
    const { track } = this.#wanted;
    if (this.#sent === undefined) {
      if (track === null || track.readyState === 'ended') return;
      this.#sent = await this.#produce(track);
    }
    const { producer } = this.#sent;
    if (producer.closed) return;
    if (producer.track !== track && track?.readyState !== 'ended') await producer.replaceTrack({ track });
    const isPaused = this.#wanted.isPaused || track === null;
    if (isPaused && !producer.paused) producer.pause();
    if (!isPaused && producer.paused) producer.resume();
    if (isPaused !== this.#sent.toldPaused) {
      const { signalling } = this.#options;
      await signalling.call(isPaused ? 'producer:pause' : 'producer:resume', { producerKey: producer.id });
      this.#sent.toldPaused = isPaused;
    }
  }

  async #produce(track: MediaStreamTrack): Promise<Sent> {
    const { transport, source } = this.#options;
    const encodings = ENCODINGS[source];
    const { isPaused } = this.#wanted;
    const producer = await transport.produce({
      track,
      stopTracks: false,
      codecOptions: CODEC_OPTIONS[source],
      ...(encodings !== undefined && { encodings: [...encodings] }),
      appData: { source, isPaused },
    });
    return { producer, toldPaused: isPaused };
  }

  #failed(error: unknown): void {
    if (this.#isClosed) return;
    const problem = ProblemError.from(error);
    // Away, or not in the room any more: somebody else takes care, and sync() comes after.
    const isTransient = problem.code === 'network.unreachable' || problem.code === 'room.not_joined';
    if (!isTransient) this.#options.onRefused(problem);
  }
}
