import type { UserId } from '@jaqyn/shared/kernel/ids';
import { practiceRoomOf } from '@jaqyn/shared/signalling/practice';
import { noteProblem } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';
import { createStore } from '../../lib/store.ts';
import { createHum, createMovingPicture, type StandIn, type TriedDevice, tryDevices } from './practice-devices.ts';
import {
  figuresOf,
  hasReturned,
  isMeasured,
  type PracticeFound,
  type PracticeReading,
  progressOf,
} from './practice-figures.ts';
import { RoomClient } from './room-client.ts';

interface Options {
  readonly userId: UserId;
  readonly signalling: Signalling;
  /** Undefined on an insecure page. */
  readonly mediaDevices: MediaDevices | undefined;
}

export type PracticePhase =
  | { readonly kind: 'idle' }
  /** The browser asks the person for camera and microphone. */
  | { readonly kind: 'asking' }
  /** On the way to the media server and back; `since` is a moment of `performance.now()`. */
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'measuring'; readonly progress: number }
  | { readonly kind: 'done'; readonly found: PracticeFound };

export interface PracticeState {
  readonly phase: PracticePhase;
  readonly microphone: TriedDevice | undefined;
  readonly camera: TriedDevice | undefined;
  /** One's own sound and picture as they come back from the server; nobody hears it by itself. */
  readonly returned: MediaStream | undefined;
  /** Some seconds of it, to be heard afterwards: at once it would be an echo. */
  readonly recording: Blob | undefined;
}

export const NO_PRACTICE: PracticeState = {
  phase: { kind: 'idle' },
  microphone: undefined,
  camera: undefined,
  returned: undefined,
  recording: undefined,
};

const LOOK_MS = 500;
/** On the worst link joining takes some twelve seconds; what has not come back by then does not get out. */
const PATIENCE_MS = 25_000;
const RECORD_MS = 5000;
/** Digital silence and the hiss of an open socket are below it, a quiet voice is above. */
const HEARD_LEVEL = 0.003;

/**
 * A short call with nobody but oneself, through the real media server: what the devices and the link are worth is measured as a
 * call would meet it. Without a device a stand-in is sent, so that the link is tried all the same.
 */
export class PracticeCall {
  static create(options: Options): PracticeCall {
    return new PracticeCall(options);
  }

  readonly #options: Options;
  readonly #store = createStore<PracticeState>(NO_PRACTICE);
  readonly #standIns: StandIn[] = [];
  #room: RoomClient | undefined;
  #recorder: MediaRecorder | undefined;
  #isHeard = false;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
  }

  getState = (): PracticeState => this.#store.get();
  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** Runs once; never rejects: what goes wrong is what was found. */
  async start(): Promise<void> {
    if (this.#store.get().phase.kind !== 'idle' || this.#isClosed) return;
    this.#set({ phase: { kind: 'asking' } });
    const devices = await tryDevices(this.#options.mediaDevices);
    this.#set(devices);
    if (this.#isClosed) return this.#letGo();
    const startedAt = performance.now();
    this.#set({ phase: { kind: 'connecting', since: startedAt } });
    this.#enter(devices);
    const readings = await this.#watch(startedAt);
    this.#finish(readings, startedAt);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#letGo();
  }

  #enter({ microphone, camera }: Record<'microphone' | 'camera', TriedDevice>): void {
    const { userId, signalling, mediaDevices } = this.#options;
    const sound = microphone.track ?? this.#standIn(createHum());
    const picture = camera.track ?? this.#standIn(createMovingPicture());
    this.#room = RoomClient.create({
      requestId: practiceRoomOf(userId),
      signalling,
      mediaDevices,
      loadMessages: async () => [],
    });
    const tracks = { ...(sound && { microphone: sound }), ...(picture && { camera: picture }) };
    this.#room.subscribe(() => this.#show());
    this.#room.start({ sources: [], tracks });
  }

  #standIn(made: StandIn | undefined): MediaStreamTrack | undefined {
    if (made !== undefined) this.#standIns.push(made);
    return made?.track;
  }

  /** What came back; kept until it is measured, or nothing came for too long. */
  async #watch(startedAt: number): Promise<PracticeReading[]> {
    const readings: PracticeReading[] = [];
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const stats = await this.#room?.getStats().catch(() => undefined);
      const at = performance.now();
      const connection = this.#room?.getState().connection.kind;
      if (this.#isClosed || connection === 'failed' || connection === 'left') return readings;
      if (stats !== undefined) {
        this.#isHeard ||= (stats.send.micLevel ?? 0) > HEARD_LEVEL;
        if (readings.length > 0 || hasReturned(stats))
          readings.push({ at, stats, step: this.#room?.getState().step?.step });
      }
      if (readings.length > 0) this.#set({ phase: { kind: 'measuring', progress: progressOf(readings) } });
      if (isMeasured(readings) || (readings.length === 0 && at - startedAt > PATIENCE_MS)) return readings;
      // The link went away in the middle.
      if (readings.length > 0 && at - startedAt > 2 * PATIENCE_MS) return readings;
    }
  }

  #finish(readings: readonly PracticeReading[], startedAt: number): void {
    if (this.#isClosed) return;
    const { microphone, camera } = this.#store.get();
    const [first] = readings;
    const heard = this.#isHeard ? 'works' : 'silent';
    const found: PracticeFound = {
      ...figuresOf(readings),
      camera: stateOf(camera) ?? 'works',
      // Without a way out nobody looked whether it hears anything.
      microphone: stateOf(microphone) ?? (first === undefined ? 'works' : heard),
      connectMs: first === undefined ? null : Math.round(first.at - startedAt),
    };
    this.#letGo();
    this.#set({ phase: { kind: 'done', found } });
  }

  #show(): void {
    const [self] = this.#room?.getState().peers ?? [];
    if (self === undefined || self.stream === this.#store.get().returned) return;
    this.#set({ returned: self.stream });
    if (self.microphone !== null && this.#store.get().microphone?.track !== undefined)
      this.#record(self.microphone.track);
  }

  #record(track: MediaStreamTrack): void {
    if (this.#recorder !== undefined || typeof MediaRecorder === 'undefined') return;
    try {
      const recorder = new MediaRecorder(new MediaStream([track]));
      this.#recorder = recorder;
      recorder.addEventListener('dataavailable', ({ data }) => {
        if (data.size > 0 && !this.#isClosed) this.#set({ recording: data });
      });
      recorder.start();
      setTimeout(() => recorder.state === 'recording' && recorder.stop(), RECORD_MS);
    } catch (error) {
      // This browser records no such sound: one is not heard, everything else is measured.
      noteProblem(ProblemError.from(error));
    }
  }

  #letGo(): void {
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
    this.#room?.close();
    const { microphone, camera } = this.#store.get();
    microphone?.track?.stop();
    camera?.track?.stop();
    for (const standIn of this.#standIns.splice(0)) {
      standIn.track.stop();
      standIn.stop();
    }
  }

  #set(change: Partial<PracticeState>): void {
    this.#store.set({ ...this.#store.get(), ...change });
  }
}

function stateOf(device: TriedDevice | undefined): PracticeFound['camera'] | undefined {
  if (device?.problem === undefined) return undefined;
  switch (device.problem.code) {
    case 'device.refused':
      return 'refused';
    case 'device.missing':
      return 'missing';
    default:
      return 'busy';
  }
}
