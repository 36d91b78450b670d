import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import { ProblemError } from '../../lib/problem-error.ts';
import type { LocalTrack } from './room-state.ts';

export type DeviceSource = 'microphone' | 'camera';
export const DEVICE_SOURCES = ['microphone', 'camera'] as const satisfies readonly DeviceSource[];

type Devices = Pick<MediaDevices, 'getUserMedia' | 'addEventListener' | 'removeEventListener'>;

const { width, height, fps } = MEDIA_PROFILES.fitted.camera;
/** Echo cancellation and noise suppression stay on: laptops on a desk, without headphones. */
const CONSTRAINTS = {
  microphone: {
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: { ideal: 1 } },
  },
  camera: { video: { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: fps, max: 30 } } },
} as const;

interface Slot {
  state: LocalTrack;
  isWanted: boolean;
  deviceId: string | undefined;
  isMuted: boolean;
  /** Counts attempts, so that an answer to an older one is thrown away. */
  attempt: number;
}

/**
 * The microphone and camera of this computer. They outlive joins and rejoins; one that is refused, missing, busy or pulled out
 * becomes `unavailable` and never an exception: the call goes on without it.
 */
export class LocalDevices {
  static create(options: { devices?: Devices | undefined; onChange: (source: DeviceSource) => void }): LocalDevices {
    return new LocalDevices(options);
  }

  readonly #devices: Devices | undefined;
  readonly #onChange: (source: DeviceSource) => void;
  readonly #slots: Record<DeviceSource, Slot> = { microphone: newSlot(), camera: newSlot() };
  readonly #onDeviceChange = () => this.#retryMissing();
  #isClosed = false;

  private constructor(options: { devices?: Devices | undefined; onChange: (source: DeviceSource) => void }) {
    this.#devices = options.devices;
    this.#onChange = options.onChange;
    this.#devices?.addEventListener('devicechange', this.#onDeviceChange);
  }

  state(source: DeviceSource): LocalTrack {
    return this.#slots[source].state;
  }

  /**
   * Switches on what is wanted: both in one question to the person, then one by one, so that a refused camera does not take the
   * microphone with it.
   */
  async open(sources: readonly DeviceSource[]): Promise<void> {
    for (const source of sources) this.#begin(source);
    if (sources.length > 1 && this.#devices !== undefined) {
      const attempts = sources.map((source) => this.#slots[source].attempt);
      try {
        const stream = await this.#devices.getUserMedia({ ...this.#ask('microphone'), ...this.#ask('camera') });
        sources.forEach((source, i) => this.#take(source, stream, attempts[i] ?? -1));
        return;
      } catch {
        // One of the two is not to be had; which one shows below.
      }
    }
    const open = sources.filter((source) => this.#slots[source].state.kind === 'starting');
    await Promise.all(open.map((source) => this.#openOne(source)));
  }

  /** Uses a track that was made before, for example by a device check. */
  adopt(source: DeviceSource, track: MediaStreamTrack): void {
    const slot = this.#slots[source];
    slot.isWanted = true;
    slot.attempt += 1;
    this.#use(source, track);
  }

  /** Takes another device; the old one goes on until the new one is there, and stays when it is not to be had. */
  async switchTo(source: DeviceSource, deviceId: string): Promise<void> {
    const slot = this.#slots[source];
    const before = { state: slot.state, deviceId: slot.deviceId };
    slot.isWanted = true;
    slot.deviceId = deviceId;
    slot.attempt += 1;
    await this.#openOne(source);
    const after = slot.state;
    if (after.kind === 'unavailable' && before.state.kind === 'on' && before.state.track.readyState === 'live') {
      slot.deviceId = before.deviceId;
      this.#set(source, before.state);
      throw after.problem;
    }
    if (after.kind === 'on' && before.state.kind === 'on' && before.state.track !== after.track)
      before.state.track.stop();
  }

  /** Muting keeps the device: speaking again takes no time. */
  setMuted(isMuted: boolean): void {
    const slot = this.#slots.microphone;
    slot.isMuted = isMuted;
    if (slot.state.kind !== 'on') return;
    slot.state.track.enabled = !isMuted;
    this.#set('microphone', { ...slot.state, isMuted });
  }

  /** It works, but nobody can have it: the server refused the track. */
  fail(source: DeviceSource, problem: ProblemError): void {
    this.#stop(source);
    this.#set(source, { kind: 'unavailable', problem });
  }

  /** Lets the device go, its light with it. */
  close(source: DeviceSource): void {
    const slot = this.#slots[source];
    slot.isWanted = false;
    slot.attempt += 1;
    this.#stop(source);
    this.#set(source, { kind: 'off' });
  }

  /** Lets both go but remembers them: for a session that ended while the camera was on. */
  suspend(): void {
    for (const source of DEVICE_SOURCES) {
      const { isWanted } = this.#slots[source];
      this.close(source);
      this.#slots[source].isWanted = isWanted;
    }
  }

  /** Switches on again what was wanted and is off. */
  async resume(): Promise<void> {
    const wanted = DEVICE_SOURCES.filter((source) => {
      const { isWanted, state } = this.#slots[source];
      return isWanted && state.kind === 'off';
    });
    if (wanted.length > 0) await this.open(wanted);
  }

  closeAll(): void {
    if (this.#isClosed) return;
    for (const source of DEVICE_SOURCES) this.close(source);
    this.#isClosed = true;
    this.#devices?.removeEventListener('devicechange', this.#onDeviceChange);
  }

  #begin(source: DeviceSource): void {
    const slot = this.#slots[source];
    slot.isWanted = true;
    slot.attempt += 1;
    this.#stop(source);
    this.#set(source, { kind: 'starting' });
  }

  async #openOne(source: DeviceSource): Promise<void> {
    const slot = this.#slots[source];
    const { attempt } = slot;
    try {
      if (this.#devices === undefined) throw new DOMException('no devices on an insecure page', 'SecurityError');
      this.#take(source, await this.#getOne(this.#devices, source), attempt);
    } catch (error) {
      if (slot.attempt === attempt) this.#set(source, { kind: 'unavailable', problem: deviceProblem(error) });
    }
  }

  /** The chosen device; when it is not there any more, any other of its kind. */
  async #getOne(devices: Devices, source: DeviceSource): Promise<MediaStream> {
    const slot = this.#slots[source];
    try {
      return await devices.getUserMedia(this.#ask(source));
    } catch (error) {
      const isGone = ['OverconstrainedError', 'NotFoundError'].includes((error as DOMException).name);
      if (!isGone || slot.deviceId === undefined) throw error;
      slot.deviceId = undefined;
      return devices.getUserMedia(this.#ask(source));
    }
  }

  #ask(source: DeviceSource): MediaStreamConstraints {
    const { deviceId } = this.#slots[source];
    const exact = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
    return source === 'microphone'
      ? { audio: { ...CONSTRAINTS.microphone.audio, ...exact } }
      : { video: { ...CONSTRAINTS.camera.video, ...exact } };
  }

  #take(source: DeviceSource, stream: MediaStream, attempt: number): void {
    const [track] = source === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks();
    if (track === undefined) throw new DOMException('no track', 'NotFoundError');
    if (this.#isClosed || this.#slots[source].attempt !== attempt) track.stop();
    else this.#use(source, track);
  }

  #use(source: DeviceSource, track: MediaStreamTrack): void {
    const slot = this.#slots[source];
    const isMuted = source === 'microphone' && slot.isMuted;
    track.enabled = !isMuted;
    // Speech is not music and a face is not a slide: the encoder is told.
    if ('contentHint' in track) track.contentHint = source === 'microphone' ? 'speech' : 'motion';
    track.addEventListener('ended', () => {
      if (slot.state.kind !== 'on' || slot.state.track !== track) return;
      this.#set(source, { kind: 'unavailable', problem: ProblemError.local('device.missing') });
    });
    const deviceId = track.getSettings().deviceId ?? '';
    this.#set(source, { kind: 'on', track, deviceId, label: track.label, isMuted });
  }

  /** Something was plugged in: what is missing may be there again. */
  #retryMissing(): void {
    const missing = DEVICE_SOURCES.filter((source) => {
      const { state, isWanted } = this.#slots[source];
      return isWanted && state.kind === 'unavailable' && state.problem.code !== 'device.refused';
    });
    for (const source of missing) void this.#openOne(source);
  }

  #stop(source: DeviceSource): void {
    const { state } = this.#slots[source];
    if (state.kind === 'on') state.track.stop();
  }

  #set(source: DeviceSource, state: LocalTrack): void {
    if (this.#isClosed) return;
    this.#slots[source].state = state;
    this.#onChange(source);
  }
}

function newSlot(): Slot {
  return { state: { kind: 'off' }, isWanted: false, deviceId: undefined, isMuted: false, attempt: 0 };
}

export function deviceProblem(error: unknown): ProblemError {
  switch ((error as DOMException).name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return ProblemError.local('device.refused', error);
    case 'NotFoundError':
    case 'OverconstrainedError':
      return ProblemError.local('device.missing', error);
    default:
      return ProblemError.local('device.busy', error);
  }
}
