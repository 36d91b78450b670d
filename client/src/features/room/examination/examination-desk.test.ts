import { beforeEach, describe, expect, it, vi } from 'vitest';
import { INITIAL_ROOM_STATE, type LocalTrack, type RoomState } from '../room-state.ts';
import { FakeSignalling } from '../test-support.ts';
import { ExaminationDesk } from './examination-desk.ts';

class FakeTrack extends EventTarget {
  contentHint = '';
  readyState = 'live';
  readonly label: string;
  readonly #deviceId: string;

  constructor(deviceId: string) {
    super();
    this.#deviceId = deviceId;
    this.label = `Label of ${deviceId}`;
  }

  getSettings() {
    return { deviceId: this.#deviceId };
  }

  stop() {
    this.readyState = 'ended';
  }
}

const on = (deviceId: string, isMuted = false): LocalTrack => ({
  kind: 'on',
  track: new FakeTrack(deviceId) as never,
  deviceId,
  label: deviceId,
  isMuted,
});

function setUp({ microphone = on('talk') }: { microphone?: LocalTrack } = {}) {
  const asked: MediaStreamConstraints[] = [];
  const made: FakeTrack[] = [];
  const devices = {
    enumerateDevices: async () =>
      ['face', 'otoscope']
        .map((deviceId) => ({ kind: 'videoinput', deviceId, label: `Label of ${deviceId}` }))
        .concat(
          ['talk', 'stethoscope'].map((deviceId) => ({ kind: 'audioinput', deviceId, label: `Label of ${deviceId}` })),
        ),
    async getUserMedia(constraints: MediaStreamConstraints) {
      asked.push(constraints);
      const { deviceId } = (constraints.video ?? constraints.audio) as { deviceId: { exact: string } };
      const track = new FakeTrack(deviceId.exact);
      made.push(track);
      return { getTracks: () => [track] };
    },
  };
  let state: RoomState = { ...INITIAL_ROOM_STATE, camera: on('face'), microphone };
  const extras: (string | null)[] = [];
  const room = {
    getState: () => state,
    setExtra: (source: string, track: MediaStreamTrack | null) => extras.push(track && `${source} ${track.label}`),
    setMicrophoneMuted(isMuted: boolean) {
      if (state.microphone.kind === 'on') state = { ...state, microphone: { ...state.microphone, isMuted } };
    },
  };
  const signalling = new FakeSignalling();
  const desk = ExaminationDesk.create({ room, signalling, devices: devices as never, hasPatient: true });
  const isTalking = () => state.microphone.kind === 'on' && !state.microphone.isMuted;
  const last = () => signalling.said.findLast(({ name }) => name === 'examination:tell')?.data;
  return { desk, room, signalling, asked, made, extras, isTalking, last };
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

describe('the second camera', () => {
  it('is the one that the call does not use, and is told that detail matters', async () => {
    const { desk, extras, made } = setUp();
    await desk.camera.open();
    expect(extras.at(-1)).toBe('examination Label of otoscope');
    expect(made[0]?.contentHint).toBe('detail');
    desk.close();
    expect(extras.at(-1)).toBeNull();
    expect(made[0]?.readyState).toBe('ended');
  });

  it('that was chosen is taken the next time', async () => {
    const first = setUp();
    await first.desk.camera.open('face');
    first.desk.close();
    const second = setUp();
    await second.desk.camera.open();
    expect(second.extras.at(-1)).toBe('examination Label of face');
    second.desk.close();
  });

  it('that is pulled out is not sent any more, and said to be missing', async () => {
    const { desk, extras, made } = setUp();
    await desk.camera.open();
    made[0]?.dispatchEvent(new Event('ended'));
    expect(extras.at(-1)).toBeNull();
    expect(desk.store.get().camera).toMatchObject({ kind: 'unavailable', problem: { code: 'device.missing' } });
    desk.close();
  });
});

describe('the stethoscope', () => {
  it('takes the sound as it is, mutes the talk and gives it back', async () => {
    const { desk, asked, made, isTalking, last } = setUp();
    await desk.stethoscope.open();
    expect(asked[0]?.audio).toMatchObject({ echoCancellation: false, noiseSuppression: false, autoGainControl: false });
    expect(made[0]?.contentHint).toBe('music');
    expect(isTalking()).toBe(false);
    expect(last()).toMatchObject({ stethoscope: 'live' });
    desk.stethoscope.close();
    expect(isTalking()).toBe(true);
    expect(last()).toMatchObject({ stethoscope: 'off' });
    desk.close();
  });

  it('leaves a talk muted that was', async () => {
    const { desk, isTalking } = setUp({ microphone: on('talk', true) });
    await desk.stethoscope.open();
    desk.stethoscope.close();
    expect(isTalking()).toBe(false);
    desk.close();
  });
});

it('waits for a person with what it is asked for, also with what was asked before it was there', async () => {
  const { desk, signalling } = setUp();
  desk.takeOver({ asked: ['camera'], told: null });
  signalling.tell('examination:asked', { peerId: 'p' as never, what: 'still' });
  signalling.tell('examination:asked', { peerId: 'p' as never, what: 'camera' });
  expect(desk.store.get().asked).toEqual(['still', 'camera']);
  desk.answer('camera');
  expect(desk.store.get().asked).toEqual(['still']);
  desk.close();
  expect(signalling.listeners).toBe(0);
});
