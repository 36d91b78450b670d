import { MEDIA_PROFILES, type MediaProfile } from '@jaqyn/shared/media/media-profile';
import type { MediaSource } from '@jaqyn/shared/media/source';
import type { types } from 'mediasoup-client';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';

/** What is to be sent of one source. Without a track the place in the call is kept, silent and dark. */
export interface SendingTrack {
  readonly track: MediaStreamTrack | null;
  readonly isPaused: boolean;
}

/** What mediasoup-client wants to hear of a track of this kind under these settings. */
function settingsOf(
  source: MediaSource,
  { voice, camera, estimate }: MediaProfile,
): Pick<types.ProducerOptions, 'codecOptions' | 'encodings'> {
  if (source === 'microphone') {
    return {
      codecOptions: {
        opusFec: voice.hasFec,
        opusDtx: voice.hasDtx,
        opusStereo: voice.isStereo,
        ...(voice.opusBps !== undefined && { opusMaxAverageBitrate: voice.opusBps }),
        ...(voice.ptimeMs !== undefined && { opusPtime: voice.ptimeMs }),
      },
    };
  }
  return {
    codecOptions: { videoGoogleStartBitrate: Math.round(estimate.senderInitialBps / 1000) },
    encodings: camera.layers.map(({ maxBps, divideBy }) => ({
      maxBitrate: maxBps,
      ...(divideBy !== 1 && { scaleResolutionDownBy: divideBy }),
    })),
  };
}

interface Sent {
  readonly producer: types.Producer;
  /** What the server has been told and has confirmed. */
  toldPaused: boolean;
}

interface Options {
  readonly source: MediaSource;
  readonly transport: types.Transport;
  readonly signalling: Signalling;
  readonly profile: MediaProfile;
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
    const { transport, source, profile } = this.#options;
    const { isPaused } = this.#wanted;
    if (source === 'camera') await fitCapture(track, profile);
    const producer = await transport.produce({
      track,
      stopTracks: false,
      ...settingsOf(source, profile),
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

/** Cameras are opened before the server is asked, with the product's size; only other settings change it. */
async function fitCapture(track: MediaStreamTrack, { camera }: MediaProfile): Promise<void> {
  const { width, height, fps } = camera;
  if (width === MEDIA_PROFILES.fitted.camera.width) return;
  await track.applyConstraints({ width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: fps } });
}
