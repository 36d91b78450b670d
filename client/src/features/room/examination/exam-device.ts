import { ProblemError } from '../../../lib/problem-error.ts';
import { deviceProblem } from '../device-asks.ts';

export type ExamTrack =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly track: MediaStreamTrack; readonly deviceId: string; readonly label: string }
  | { readonly kind: 'unavailable'; readonly problem: ProblemError };

const OFF: ExamTrack = { kind: 'off' };

/** Larger than a face: it is looked at closely. What of it is sent is fitted to the link. */
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 10, max: 15 } };
/** Nothing may take a murmur for noise, or a beat for an echo. */
const SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: { ideal: 1 } };

interface Options {
  readonly kind: 'camera' | 'stethoscope';
  readonly devices: Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> | undefined;
  /** The one that the call uses already. */
  readonly taken: () => string | undefined;
  readonly onChange: () => void;
}

/** A second camera, or a microphone that is a stethoscope: chosen once, remembered on this device. */
export class ExamDevice {
  static create(options: Options): ExamDevice {
    return new ExamDevice(options);
  }

  readonly #options: Options;
  #state: ExamTrack = OFF;
  /** Counts attempts, so that an answer to an older one is thrown away. */
  #attempt = 0;

  private constructor(options: Options) {
    this.#options = options;
  }

  get state(): ExamTrack {
    return this.#state;
  }

  /** Those to choose from; names are known once a device was allowed. */
  async list(): Promise<MediaDeviceInfo[]> {
    const kind = this.#options.kind === 'camera' ? 'videoinput' : 'audioinput';
    const all = (await this.#options.devices?.enumerateDevices().catch(() => [])) ?? [];
    return all.filter(
      (device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'communications',
    );
  }

  /** Without a name: the one of last time, else one that the call does not use. Never throws: see the state. */
  async open(wanted?: string): Promise<void> {
    this.#stop();
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#set({ kind: 'starting' });
    try {
      const { devices } = this.#options;
      if (devices === undefined) throw new DOMException('no devices on an insecure page', 'SecurityError');
      const deviceId = wanted ?? (await this.#choose());
      const stream = await devices.getUserMedia(this.#ask(deviceId));
      const [track] = stream.getTracks();
      if (track === undefined) throw new DOMException('no track', 'NotFoundError');
      if (attempt !== this.#attempt) return track.stop();
      this.#use(track, wanted !== undefined);
    } catch (error) {
      if (attempt === this.#attempt) this.#set({ kind: 'unavailable', problem: problemOf(error) });
    }
  }

  fail(problem: ProblemError): void {
    this.#stop();
    this.#set({ kind: 'unavailable', problem });
  }

  close(): void {
    this.#attempt += 1;
    this.#stop();
    this.#set(OFF);
  }

  async #choose(): Promise<string> {
    const devices = await this.list();
    const taken = this.#options.taken();
    const remembered = readChoice(this.#options.kind);
    const found =
      devices.find(({ label }) => label !== '' && label === remembered) ??
      devices.find(({ deviceId }) => deviceId !== taken && deviceId !== 'default') ??
      // A stethoscope may be all there is to listen with; a second camera that is the first is none.
      (this.#options.kind === 'stethoscope' ? devices[0] : undefined);
    if (found === undefined) throw new DOMException('no other device', 'NotFoundError');
    return found.deviceId;
  }

  #ask(deviceId: string): MediaStreamConstraints {
    const exact = { deviceId: { exact: deviceId } };
    return this.#options.kind === 'camera' ? { video: { ...PICTURE, ...exact } } : { audio: { ...SOUND, ...exact } };
  }

  #use(track: MediaStreamTrack, isChosen: boolean): void {
    // The encoder is told: edges before movement, and everything that is heard.
    if ('contentHint' in track) track.contentHint = this.#options.kind === 'camera' ? 'detail' : 'music';
    track.addEventListener('ended', () => {
      if (this.#state.kind === 'on' && this.#state.track === track) {
        this.#set({ kind: 'unavailable', problem: ProblemError.local('device.missing') });
      }
    });
    if (isChosen) keepChoice(this.#options.kind, track.label);
    this.#set({ kind: 'on', track, deviceId: track.getSettings().deviceId ?? '', label: track.label });
  }

  #stop(): void {
    if (this.#state.kind === 'on') this.#state.track.stop();
  }

  #set(state: ExamTrack): void {
    this.#state = state;
    this.#options.onChange();
  }
}

function problemOf(error: unknown): ProblemError {
  return error instanceof DOMException ? deviceProblem(error) : ProblemError.from(error);
}

function readChoice(kind: string): string | null {
  try {
    return localStorage.getItem(`jaqyn.examination.${kind}`);
  } catch {
    return null;
  }
}

function keepChoice(kind: string, label: string): void {
  try {
    localStorage.setItem(`jaqyn.examination.${kind}`, label);
  } catch {
    // Chosen again next time.
  }
}
