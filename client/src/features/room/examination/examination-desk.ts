import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import type { ExaminationAsk, ExaminationState, LiveMark } from '@jaqyn/shared/signalling/examination';
import { createMarkSender, MarkStore, type PlacedMark } from '../../../lib/mark-store.ts';
import type { Signalling } from '../../../lib/signalling.ts';
import { createStore } from '../../../lib/store.ts';
import { drawFrame, takePhoto } from '../../../lib/take-photo.ts';
import type { RoomClient } from '../room-client.ts';
import { ExamDevice, type ExamTrack } from './exam-device.ts';

type PlacedLiveMark = LiveMark & PlacedMark;

export interface DeskState {
  readonly camera: ExamTrack;
  /** What is shown and sent in place of the camera's picture while it is held. */
  readonly frozen: MediaStreamTrack | null;
  readonly stethoscope: ExamTrack;
  /** What the other side asked for and nobody here has answered. */
  readonly asked: readonly ExaminationAsk[];
  /** How the examination is at the other side. */
  readonly theirs: ExaminationState | null;
  readonly marks: readonly PlacedLiveMark[];
}

const NOTHING: DeskState = {
  camera: { kind: 'off' },
  frozen: null,
  stethoscope: { kind: 'off' },
  asked: [],
  theirs: null,
  marks: [],
};

type Room = Pick<RoomClient, 'setExtra' | 'setMicrophoneMuted' | 'getState'>;

interface Options {
  readonly room: Room;
  readonly signalling: Signalling;
  readonly devices: MediaDevices | undefined;
  /** Where the patient is. */
  readonly hasPatient: boolean;
}

/** A held picture is painted again so often: the encoder makes it sharper each time. */
const REPAINT_MS = 1000;
const TELL_MS = 500;

/** The instruments of one call: second camera, held picture, stethoscope, marks, and what each side asks of the other. No React. */
export class ExaminationDesk {
  static create(options: Options): ExaminationDesk {
    return new ExaminationDesk(options);
  }

  readonly store = createStore<DeskState>(NOTHING);
  readonly #options: Options;
  readonly #camera: ExamDevice;
  readonly #stethoscope: ExamDevice;
  readonly #marks: MarkStore<PlacedLiveMark>;
  readonly #stops: (() => void)[];
  readonly #sendMark: (mark: LiveMark) => void;
  #release: () => void = () => undefined;
  #file: ExaminationState['file'] = null;
  #isRecording = false;
  /** The talk was on before the stethoscope muted it. */
  #hadTalk = false;
  #tellTimer: ReturnType<typeof setTimeout> | undefined;

  private constructor(options: Options) {
    this.#options = options;
    const { room, signalling, devices } = options;
    const deviceOf = (source: 'camera' | 'microphone') => {
      const state = room.getState()[source];
      return state.kind === 'on' ? state.deviceId : undefined;
    };
    this.#camera = ExamDevice.create({
      kind: 'camera',
      devices,
      taken: () => deviceOf('camera'),
      onChange: () => this.#cameraChanged(),
    });
    this.#stethoscope = ExamDevice.create({
      kind: 'stethoscope',
      devices,
      taken: () => deviceOf('microphone'),
      onChange: () => this.#stethoscopeChanged(),
    });
    this.#marks = MarkStore.create(() => this.#change({ marks: this.#marks.marks }));
    let target: Omit<LiveMark, 'mark'> | undefined;
    const send = createMarkSender((mark: SharedMark) => {
      // What does not arrive is shown a moment later by what does.
      if (target !== undefined) void signalling.call('examination:mark', { ...target, mark }).catch(() => {});
    });
    this.#sendMark = ({ mark, ...rest }) => {
      target = rest;
      send(mark);
    };
    this.#stops = [
      signalling.on('examination:asked', ({ what }) => this.#asked(what)),
      signalling.on('examination:told', ({ state }) => this.#change({ theirs: state })),
      signalling.on('examination:marked', ({ by, ...mark }) => this.#marks.add({ ...mark, by })),
      signalling.on('peer:joined', () => this.#tell()),
      signalling.on('peer:closed', () => this.#change({ theirs: null })),
      signalling.onConnected(() => this.#tell()),
    ];
  }

  /** What the other side said before there was a desk. */
  takeOver({
    asked,
    told,
  }: {
    readonly asked: readonly ExaminationAsk[];
    readonly told: ExaminationState | null;
  }): void {
    if (told !== null) this.#change({ theirs: told });
    for (const what of asked) this.#asked(what);
  }

  get camera(): ExamDevice {
    return this.#camera;
  }

  get stethoscope(): ExamDevice {
    return this.#stethoscope;
  }

  /** Throws ProblemError when the other side cannot be told. */
  async ask(what: ExaminationAsk): Promise<void> {
    await this.#options.signalling.call('examination:ask', { what });
  }

  /** Done, or not now. */
  answer(what: ExaminationAsk): void {
    this.#change({ asked: this.store.get().asked.filter((one) => one !== what) });
  }

  mark(mark: LiveMark): void {
    this.#marks.add({ ...mark, by: null });
    this.#sendMark(mark);
  }

  /** Holds the picture where it is, for everybody; or lets it move again. */
  async freeze(isFrozen: boolean): Promise<void> {
    const { camera } = this.store.get();
    this.#release();
    this.#release = () => undefined;
    if (!isFrozen || camera.kind !== 'on') return this.#showMoving();
    const canvas = await drawFrame(camera.track).catch(() => undefined);
    const now = this.store.get().camera;
    if (canvas === undefined || now.kind !== 'on' || now.track !== camera.track) return;
    const [frozen] = canvas.captureStream(5).getVideoTracks();
    if (frozen === undefined) return;
    if ('contentHint' in frozen) frozen.contentHint = 'detail';
    const copy = await createImageBitmap(canvas);
    const timer = setInterval(() => canvas.getContext('2d')?.drawImage(copy, 0, 0), REPAINT_MS);
    this.#release = () => {
      clearInterval(timer);
      copy.close();
      frozen.stop();
    };
    this.#marks.clear();
    this.#change({ frozen });
    this.#options.room.setExtra('examination', frozen, (problem) => this.#camera.fail(problem));
    this.#tell();
  }

  /** Of the second camera, else of the one in the call. Undefined where there is none. */
  async takePhoto(): Promise<Blob | undefined> {
    const { camera } = this.store.get();
    const call = this.#options.room.getState().camera;
    const track = camera.kind === 'on' ? camera.track : call.kind === 'on' ? call.track : undefined;
    return track === undefined ? undefined : takePhoto(track);
  }

  setRecording(isRecording: boolean): void {
    this.#isRecording = isRecording;
    this.#tell();
  }

  /** How far a file is, for the other side's screen too. */
  setFile(file: ExaminationState['file']): void {
    const isSame = file?.attachmentId === this.#file?.attachmentId && file?.sentBytes === this.#file?.sentBytes;
    if (isSame) return;
    this.#file = file;
    this.#tellTimer ??= setTimeout(() => {
      this.#tellTimer = undefined;
      this.#tell();
    }, TELL_MS);
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    clearTimeout(this.#tellTimer);
    this.#release();
    this.#camera.close();
    this.#stethoscope.close();
    this.#marks.close();
  }

  #asked(what: ExaminationAsk): void {
    if (!this.#options.hasPatient) return;
    switch (what) {
      case 'freeze':
      case 'go_on':
        return void this.freeze(what === 'freeze');
      case 'camera':
      case 'still':
      case 'stethoscope':
        this.#change({ asked: [...this.store.get().asked.filter((one) => one !== what), what] });
    }
  }

  #cameraChanged(): void {
    this.#release();
    this.#release = () => undefined;
    this.#change({ camera: this.#camera.state });
    this.#showMoving();
  }

  #showMoving(): void {
    const { camera } = this.store.get();
    this.#change({ frozen: null });
    const track = camera.kind === 'on' ? camera.track : null;
    this.#options.room.setExtra('examination', track, (problem) => this.#camera.fail(problem));
    this.#tell();
  }

  /** Talk is muted for as long as somebody listens to the patient: the room would be heard through both. */
  #stethoscopeChanged(): void {
    const { room } = this.#options;
    const before = this.store.get().stethoscope.kind === 'on';
    const { state } = this.#stethoscope;
    const isOn = state.kind === 'on';
    this.#change({ stethoscope: state });
    if (isOn && !before) {
      const { microphone } = room.getState();
      this.#hadTalk = microphone.kind === 'on' && !microphone.isMuted;
      if (this.#hadTalk) room.setMicrophoneMuted(true);
    }
    if (!isOn && before && this.#hadTalk) room.setMicrophoneMuted(false);
    if (isOn !== before || isOn) {
      room.setExtra('stethoscope', isOn ? state.track : null, (problem) => this.#stethoscope.fail(problem));
      this.#tell();
    }
  }

  #tell(): void {
    if (!this.#options.hasPatient) return;
    const { frozen, stethoscope } = this.store.get();
    const state: ExaminationState = {
      isFrozen: frozen !== null,
      stethoscope: this.#isRecording ? 'recording' : stethoscope.kind === 'on' ? 'live' : 'off',
      file: this.#file,
    };
    // Whoever is not here hears it on coming.
    void this.#options.signalling.call('examination:tell', state).catch(() => {});
  }

  #change(changes: Partial<DeskState>): void {
    this.store.set({ ...this.store.get(), ...changes });
  }
}
