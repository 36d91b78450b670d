import { isBehindCurtain, type MediaSource } from '@jaqyn/shared/media/source';
import type { ProblemError } from '../../lib/problem-error.ts';
import type { DeviceMemory, DeviceNews } from './device-memory.ts';
import { DEVICE_SOURCES, type DeviceSource, LocalDevices } from './room-client-devices.ts';
import type { SendingTrack } from './room-client-sender.ts';
import type { LocalTrack, ShownCurtain } from './room-state.ts';

interface Options {
  /** Undefined on an insecure page. */
  readonly mediaDevices: MediaDevices | undefined;
  readonly memory: DeviceMemory | undefined;
  /** The patient sits before this camera: a curtain holds back what is sent from here. */
  readonly hasPatient: boolean;
  readonly curtain: () => ShownCurtain | null;
  /** To whatever session there is; one that comes later is given everything by `publish()`. */
  readonly send: (source: MediaSource, wanted: SendingTrack) => void;
  readonly onChange: () => void;
  readonly onNews: (news: DeviceNews) => void;
}

export interface StartOptions {
  /** What to switch on; default both. */
  readonly sources?: readonly DeviceSource[];
  /** Tracks made before, for example by a device check; used in place of asking again. */
  readonly tracks?: { readonly [Source in DeviceSource]?: MediaStreamTrack };
  readonly isMicrophoneMuted?: boolean;
}

const EXTRA_SOURCES = ['examination', 'stethoscope'] as const;
export type ExtraSource = (typeof EXTRA_SOURCES)[number];
interface ExtraTrack {
  readonly track: MediaStreamTrack;
  readonly onRefused: (problem: ProblemError) => void;
}

function isExtra(source: MediaSource): source is ExtraSource {
  return (EXTRA_SOURCES as readonly string[]).includes(source);
}

const NOTHING = { track: null, isPaused: true } as const;

/** What one sends, through every rejoin: the devices of this computer and the tracks of an examination, less what voice only and the curtain hold back. */
export class OutgoingTracks {
  static create(options: Options): OutgoingTracks {
    return new OutgoingTracks(options);
  }

  readonly #options: Options;
  readonly #devices: LocalDevices;
  /** Of an examination, made and let go by whoever shows it. */
  readonly #extras = new Map<ExtraSource, ExtraTrack>();
  #isVoiceOnly = false;
  /** The camera was on when voice only began, and comes back with the pictures. */
  #hadCamera = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#devices = LocalDevices.create({
      devices: options.mediaDevices,
      memory: options.memory,
      onChange: (source) => {
        this.#publishDevice(source);
        options.onChange();
      },
      onNews: options.onNews,
    });
  }

  get isVoiceOnly(): boolean {
    return this.#isVoiceOnly;
  }

  state(source: DeviceSource): LocalTrack {
    return this.#devices.state(source);
  }

  hasExtra(source: ExtraSource): boolean {
    return this.#extras.has(source);
  }

  open({ sources = DEVICE_SOURCES, tracks = {}, isMicrophoneMuted = false }: StartOptions): void {
    this.#devices.setMuted(isMicrophoneMuted);
    for (const source of DEVICE_SOURCES) {
      const track = tracks[source];
      if (track !== undefined) this.#devices.adopt(source, track);
    }
    void this.#devices.open(sources.filter((source) => tracks[source] === undefined));
  }

  setMuted(isMuted: boolean): void {
    this.#devices.setMuted(isMuted);
  }

  async setDeviceOn(source: DeviceSource, isOn: boolean): Promise<void> {
    if (!isOn) this.#devices.close(source);
    else if (this.#devices.state(source).kind !== 'on') await this.#devices.open([source]);
  }

  async switchDevice(source: DeviceSource, deviceId: string): Promise<void> {
    await this.#devices.switchTo(source, deviceId);
  }

  setVoiceOnly(isOn: boolean): void {
    this.#isVoiceOnly = isOn;
    this.#publishExtra('examination');
    if (isOn) this.#hadCamera = this.#devices.state('camera').kind === 'on';
    void this.setDeviceOn('camera', !isOn && this.#hadCamera);
  }

  setExtra(source: ExtraSource, track: MediaStreamTrack | null, onRefused: (problem: ProblemError) => void): void {
    if (track === null) this.#extras.delete(source);
    else this.#extras.set(source, { track, onRefused });
    this.#publishExtra(source);
  }

  /** The server takes none of it. */
  refuse(source: MediaSource, problem: ProblemError): void {
    if (isExtra(source)) this.#extras.get(source)?.onRefused(problem);
    else if (source !== 'screen') this.#devices.fail(source, problem);
  }

  /** All of it: there is a new session. */
  publish(): void {
    for (const source of DEVICE_SOURCES) this.#publishDevice(source);
    for (const source of EXTRA_SOURCES) this.#publishExtra(source);
  }

  curtainChanged(): void {
    if (this.#options.hasPatient) this.publish();
  }

  /** Off until `resume()`; see LocalDevices. */
  suspend(): void {
    this.#devices.suspend();
  }

  async resume(): Promise<void> {
    await this.#devices.resume();
  }

  close(): void {
    this.#devices.closeAll();
  }

  #publishDevice(source: DeviceSource): void {
    const state = this.#devices.state(source);
    this.#options.send(source, this.#isHeldBack(source) ? NOTHING : sendingOf(state));
  }

  #publishExtra(source: ExtraSource): void {
    const extra = this.#extras.get(source);
    const isQuiet = this.#isVoiceOnly && source === 'examination';
    const isSent = extra !== undefined && !isQuiet && !this.#isHeldBack(source);
    this.#options.send(source, isSent ? { track: extra.track, isPaused: false } : NOTHING);
  }

  /** The server holds it back as well; this computer need not send it at all. */
  #isHeldBack(source: MediaSource): boolean {
    return this.#options.hasPatient && isBehindCurtain(source, this.#options.curtain());
  }
}

function sendingOf(state: LocalTrack): SendingTrack {
  return state.kind === 'on' ? { track: state.track, isPaused: state.isMuted } : NOTHING;
}
