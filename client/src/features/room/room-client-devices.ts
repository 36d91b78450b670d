import { ProblemError } from '../../lib/problem-error.ts';
import { askFor, type DeviceSource, deviceProblem } from './device-asks.ts';
import { areAllowed, getUserMedia } from './device-early.ts';
import { type DeviceMemory, type DeviceNews, onPermission } from './device-memory.ts';
import type { LocalTrack } from './room-state.ts';

export type { DeviceSource };
export const DEVICE_SOURCES = ['microphone', 'camera'] as const satisfies readonly DeviceSource[];

type Devices = Pick<MediaDevices, 'getUserMedia' | 'addEventListener' | 'removeEventListener'> &
  Partial<Pick<MediaDevices, 'enumerateDevices'>>;

interface Options {
  readonly devices?: Devices | undefined;
  readonly memory?: DeviceMemory | undefined;
  readonly onChange: (source: DeviceSource) => void;
  /** Something became of a device without anybody having asked for it. */
  readonly onNews?: ((news: DeviceNews) => void) | undefined;
}

interface Slot {
  state: LocalTrack;
  isWanted: boolean;
  deviceId: string | undefined;
  /** The person's own choice: it is taken again as soon as it is there. */
  preferred: string | undefined;
  isMuted: boolean;
  isRecovering: boolean;
  /** Something has changed since the last attempt to recover. */
  isWorthTrying: boolean;
  /** Counts attempts, so that an answer to an older one is thrown away. */
  attempt: number;
}

/**
 * The microphone and camera of this computer. They outlive joins and rejoins; one that is refused, missing or busy becomes
 * `unavailable` and never an exception: the call goes on without it. In place of one that is pulled out the next is taken, and the
 * chosen one again when it is back.
 */
export class LocalDevices {
  static create(options: Options): LocalDevices {
    return new LocalDevices(options);
  }

  readonly #devices: Devices | undefined;
  readonly #onChange: (source: DeviceSource) => void;
  readonly #onNews: Options['onNews'];
  readonly #memory: DeviceMemory | undefined;
  readonly #slots: Record<DeviceSource, Slot>;
  readonly #onDeviceChange = () => {
    this.#retryMissing();
    void this.#returnToChosen();
  };
  readonly #stops: (() => void)[];
  #news = 0;
  #isClosed = false;

  private constructor({ devices, memory, onChange, onNews }: Options) {
    this.#devices = devices;
    this.#memory = memory;
    this.#onChange = onChange;
    this.#onNews = onNews;
    this.#slots = { microphone: newSlot(memory?.read('microphone')), camera: newSlot(memory?.read('camera')) };
    devices?.addEventListener('devicechange', this.#onDeviceChange);
    this.#stops = DEVICE_SOURCES.map((source) => onPermission(source, () => this.#retry(source, 'allowed')));
  }

  state(source: DeviceSource): LocalTrack {
    return this.#slots[source].state;
  }

  /**
   * Switches on what is wanted: both in one question to the person, then one by one, so that a refused camera does not take the
   * microphone with it. Where no question is asked any more the voice does not wait for an old camera.
   */
  async open(sources: readonly DeviceSource[]): Promise<void> {
    for (const source of sources) this.#begin(source);
    const attempts = sources.map((source) => this.#slots[source].attempt);
    if (sources.length > 1 && this.#devices !== undefined && !(await areAllowed(sources))) {
      try {
        const stream = await getUserMedia(this.#devices, {
          ...askFor('microphone', this.#slots.microphone.deviceId),
          ...askFor('camera', this.#slots.camera.deviceId),
        });
        sources.forEach((source, i) => this.#take(source, stream, attempts[i] ?? -1));
        return;
      } catch {
        // One of the two is not to be had; which one shows below.
      }
    }
    // Some may have been given up, or asked for anew, meanwhile.
    const open = sources.filter(
      (source, i) => this.#slots[source].state.kind === 'starting' && this.#slots[source].attempt === attempts[i],
    );
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
    if (after.kind === 'on' && after.deviceId === deviceId) {
      slot.preferred = deviceId;
      this.#memory?.write(source, deviceId);
    }
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
    for (const stop of this.#stops.splice(0)) stop();
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
      return await getUserMedia(devices, askFor(source, slot.deviceId));
    } catch (error) {
      const isGone = ['OverconstrainedError', 'NotFoundError'].includes((error as DOMException).name);
      if (!isGone || slot.deviceId === undefined) throw error;
      slot.deviceId = undefined;
      return getUserMedia(devices, askFor(source));
    }
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
      if (slot.state.kind === 'on' && slot.state.track === track) void this.#lost(source);
    });
    const deviceId = track.getSettings().deviceId ?? '';
    this.#set(source, { kind: 'on', track, deviceId, label: track.label, isMuted });
  }

  /** Pulled out, or its permission was taken away: any other one is better than none. */
  async #lost(source: DeviceSource): Promise<void> {
    const slot = this.#slots[source];
    slot.deviceId = undefined;
    this.#set(source, { kind: 'unavailable', problem: ProblemError.local('device.missing') });
    const isBack = await this.#recover(source, 'replaced');
    const { state } = slot;
    if (isBack || state.kind !== 'unavailable') return;
    this.#tell(source, state.problem.code === 'device.refused' ? 'refused' : 'gone');
  }

  /** Tries for what is wanted and not there, one attempt at a time; answers whether it is on by that. */
  async #recover(source: DeviceSource, news: DeviceNews['kind']): Promise<boolean> {
    const slot = this.#slots[source];
    slot.isWorthTrying = true;
    if (slot.isRecovering) return false;
    slot.isRecovering = true;
    slot.attempt += 1;
    const { attempt } = slot;
    while (slot.isWorthTrying && slot.attempt === attempt && slot.state.kind === 'unavailable') {
      slot.isWorthTrying = false;
      await this.#openOne(source);
    }
    slot.isRecovering = false;
    const isOn = slot.attempt === attempt && slot.state.kind === 'on';
    if (isOn) this.#tell(source, news);
    return isOn;
  }

  /** The chosen one is plugged in again while another one stands in for it. */
  async #returnToChosen(): Promise<void> {
    const present = await this.#devices?.enumerateDevices?.().catch(() => []);
    for (const source of DEVICE_SOURCES) {
      const { state, preferred } = this.#slots[source];
      const isBack = state.kind === 'on' && preferred !== undefined && state.deviceId !== preferred;
      if (!isBack || !present?.some(({ deviceId }) => deviceId === preferred)) continue;
      await this.switchTo(source, preferred).then(
        () => this.#slots[source].state.kind === 'on' && this.#tell(source, 'back'),
        () => undefined, // the one that stands in goes on
      );
    }
  }

  #tell(source: DeviceSource, kind: DeviceNews['kind']): void {
    const { state } = this.#slots[source];
    this.#news += 1;
    this.#onNews?.({ number: this.#news, source, kind, label: state.kind === 'on' ? state.label : '' });
  }

  /** Something was plugged in: what is missing may be there again. What was refused is the person's to allow. */
  #retryMissing(): void {
    for (const source of DEVICE_SOURCES) {
      const { state } = this.#slots[source];
      if (state.kind === 'unavailable' && state.problem.code !== 'device.refused') this.#retry(source, 'back');
    }
  }

  #retry(source: DeviceSource, news: DeviceNews['kind']): void {
    const { state, isWanted } = this.#slots[source];
    if (isWanted && state.kind === 'unavailable') void this.#recover(source, news);
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

function newSlot(chosen: string | undefined): Slot {
  return {
    state: { kind: 'off' },
    isWanted: false,
    deviceId: chosen,
    preferred: chosen,
    isMuted: false,
    isRecovering: false,
    isWorthTrying: false,
    attempt: 0,
  };
}
