import type { StethoscopePlan } from '@jaqyn/shared/media/examination-plan';
import { MEDIA_PROFILES, type MediaProfile } from '@jaqyn/shared/media/media-profile';
import { KIND_OF_SOURCE, type MediaSource } from '@jaqyn/shared/media/source';
import type { VoicePlan } from '@jaqyn/shared/media/voice-plan';
import type { types } from 'mediasoup-client';
import { noteProblem } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';
import type { VoiceDevice } from './room-client-device.ts';
import type { SentPicture } from './room-client-governor.ts';
import { type Governor, settingsOf } from './room-client-settings.ts';
import type { VoiceOrder } from './voice-worker-messages.ts';

/** A picture that has not left after so long does not leave; how often is looked whether it has. */
const STILL_LIMIT_MS = 2000;
const STILL_LOOK_MS = 40;

/** What is to be sent of one source. Without a track the place in the call is kept, silent and dark. */
export interface SendingTrack {
  readonly track: MediaStreamTrack | null;
  readonly isPaused: boolean;
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
  readonly voice: VoiceDevice;
  /** Undefined: what the profile says is sent as it is. */
  readonly governor: Governor | undefined;
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
  #fitting: Promise<void> = Promise.resolve();
  /** Changes the copies that ride along with the sound, and whether any of it leaves. */
  #order: ((order: VoiceOrder) => void) | undefined;
  #opusBps: number | undefined;
  #picture: SentPicture | undefined;
  #stillTimer: ReturnType<typeof setTimeout> | undefined;
  #isAway = false;
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

  setVoice(plan: VoicePlan): void {
    this.#order?.({ copies: plan.copies });
    this.#fit(() => this.#useVoice(plan));
  }

  /** Of a stethoscope; undefined: the link carries none, and it is silent until it does. */
  setSound(plan: StethoscopePlan | undefined): void {
    if (plan !== undefined) this.#order?.({ copies: [...plan.copies] });
    this.#fit(() => this.#setActive(plan !== undefined, plan?.opusBps));
  }

  /** Of a microphone: silent where the link carries no voice. */
  setTalking(isSent: boolean): void {
    this.#fit(() => this.#setActive(isSent));
  }

  /** What this browser says of all that it sends is another. */
  describeAgain(): void {
    this.#fit(async () => {
      const producer = this.#sent?.producer;
      if (producer !== undefined && !producer.closed) await producer.setRtpEncodingParameters({});
    });
  }

  setPicture(picture: SentPicture | undefined): void {
    this.#picture = picture;
    this.#showPicture();
  }

  /**
   * The link is away: sound that leaves now would only be sent late, before all that is said then, and pictures would be built on some that
   * nobody got. When it is back a picture begins with a whole one, and a still does not wait for its turn.
   */
  setAway(isAway: boolean): void {
    this.#isAway = isAway;
    this.#order?.({ isAway });
    if (this.#picture !== undefined) this.#showPicture();
  }

  sync(): void {
    this.#work = this.#work.then(() => this.#reconcile()).catch((error: unknown) => this.#failed(error));
  }

  #showPicture(): void {
    clearTimeout(this.#stillTimer);
    const picture = this.#isAway ? undefined : this.#picture;
    if (picture?.stillEveryMs === undefined) this.#fit(() => this.#usePicture(picture));
    else this.#sendStill(picture, picture.stillEveryMs);
  }

  /** In a row of its own: what a full link needs must not wait for an answer that comes over that link. */
  #fit(step: () => Promise<void>): void {
    this.#fitting = this.#fitting.then(step).catch((error: unknown) => {
      // The track goes on as it was sent before.
      if (!this.#isClosed) noteProblem(ProblemError.from(error));
    });
  }

  async #setActive(isActive: boolean, maxBitrate?: number): Promise<void> {
    const sender = this.#sent?.producer.rtpSender;
    if (sender === undefined || this.#sent?.producer.closed === true) return;
    const parameters = sender.getParameters();
    const [encoding] = parameters.encodings;
    if (encoding === undefined) return;
    encoding.active = isActive;
    if (maxBitrate !== undefined) encoding.maxBitrate = maxBitrate;
    await sender.setParameters(parameters);
  }

  /** The codec's rate is a parameter; the time a packet holds is negotiated, which setting parameters also does. */
  async #useVoice({ opusBps, ptimeMs }: VoicePlan): Promise<void> {
    const producer = this.#sent?.producer;
    if (producer === undefined || producer.closed) return;
    const { description } = this.#options.voice;
    if (this.#opusBps === opusBps && description.ptimeMs === ptimeMs) return;
    this.#opusBps = opusBps;
    description.ptimeMs = ptimeMs;
    await producer.setRtpEncodingParameters({ maxBitrate: opusBps });
  }

  async #usePicture(picture: SentPicture | undefined): Promise<void> {
    const producer = this.#sent?.producer;
    const sender = producer?.rtpSender;
    if (producer === undefined || producer.closed || sender === undefined) return;
    const parameters = sender.getParameters();
    const [encoding] = parameters.encodings;
    if (encoding === undefined) return;
    encoding.active = picture !== undefined;
    if (picture !== undefined) {
      encoding.maxBitrate = picture.maxBps;
      encoding.maxFramerate = picture.fps;
      encoding.scaleResolutionDownBy = picture.divideBy;
    }
    await sender.setParameters(parameters);
  }

  /** The encoder is let work until one picture has left: switched on it begins with a whole one. */
  #sendStill(picture: SentPicture, everyMs: number): void {
    const isWanted = () => !this.#isClosed && !this.#isAway && this.#picture === picture;
    this.#fit(async () => {
      if (!isWanted()) return;
      const before = await this.#framesSent();
      await this.#usePicture(picture);
      const until = performance.now() + STILL_LIMIT_MS;
      while (isWanted() && performance.now() < until && (await this.#framesSent()) <= before)
        await sleep(STILL_LOOK_MS);
      if (isWanted()) await this.#usePicture(undefined);
    });
    this.#stillTimer = setTimeout(() => isWanted() && this.#sendStill(picture, everyMs), everyMs);
  }

  async #framesSent(): Promise<number> {
    let frames = 0;
    (await this.#sent?.producer.rtpSender?.getStats())?.forEach((row: { framesSent?: number }) => {
      frames += row.framesSent ?? 0;
    });
    return frames;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#stillTimer);
    this.#sent?.producer.close();
  }

  async #reconcile(): Promise<void> {
    if (this.#isClosed) return;
    const { track } = this.#wanted;
    if (this.#sent === undefined) {
      if (track === null || track.readyState === 'ended') return;
      this.#sent = await this.#produce(track);
      const { source, governor } = this.#options;
      // It may have decided otherwise while the track was on its way.
      if (governor !== undefined && source === 'microphone') this.setVoice(governor.voice);
      if (governor?.isTalking === false && source === 'microphone') this.setTalking(false);
      if (governor !== undefined && source === 'camera') this.setPicture(governor.picture);
      if (governor !== undefined && source === 'examination') this.setPicture(governor.examination);
      if (governor !== undefined && source === 'stethoscope') this.setSound(governor.stethoscope);
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
    const { transport, source, profile, voice, governor } = this.#options;
    const { isPaused } = this.#wanted;
    if (source === 'camera') await fitCapture(track, profile);
    const producer = await transport.produce({
      track,
      stopTracks: false,
      ...settingsOf(source, profile, voice, governor),
      onRtpSender: (sender) => {
        if (KIND_OF_SOURCE[source] !== 'audio' || !voice.description.isRedundant) return;
        const copies = source === 'stethoscope' ? [] : (governor?.voice.copies ?? [1]);
        this.#order = voice.transforms?.attachToSender(sender, copies);
      },
      appData: { source, isPaused },
    });
    if (source === 'microphone') this.#opusBps = governor?.voice.opusBps;
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

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
