import { describe, expect, it, vi } from 'vitest';
import type { DeviceMemory, DeviceNews } from './device-memory.ts';
import { type DeviceSource, LocalDevices } from './room-client-devices.ts';

class FakeTrack extends EventTarget {
  enabled = true;
  contentHint = '';
  readyState: 'live' | 'ended' = 'live';
  readonly kind: 'audio' | 'video';
  readonly deviceId: string;
  readonly label: string;

  constructor(kind: 'audio' | 'video', deviceId: string) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
    this.label = `${kind} ${deviceId}`;
  }

  getSettings() {
    return { deviceId: this.deviceId };
  }

  stop() {
    this.readyState = 'ended';
  }

  /** Pulled out. */
  unplug() {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

/** A computer with devices by id; `trouble` is the DOMException that a kind answers with. */
class FakeComputer extends EventTarget {
  readonly tracks: FakeTrack[] = [];
  readonly asked: MediaStreamConstraints[] = [];
  devices: Record<'audio' | 'video', string[]> = { audio: ['mic'], video: ['cam'] };
  trouble: Partial<Record<'audio' | 'video', string>> = {};

  async enumerateDevices() {
    return Object.values(this.devices)
      .flat()
      .map((deviceId) => ({ deviceId }) as MediaDeviceInfo);
  }

  plugIn(kind: 'audio' | 'video', deviceId: string) {
    this.devices[kind].push(deviceId);
    this.dispatchEvent(new Event('devicechange'));
  }

  /** The track ends, the device is gone from the list, and then the page is told. */
  unplug(track: FakeTrack) {
    this.devices[track.kind] = this.devices[track.kind].filter((one) => one !== track.deviceId);
    track.unplug();
    this.dispatchEvent(new Event('devicechange'));
  }

  async getUserMedia(constraints: MediaStreamConstraints) {
    this.asked.push(constraints);
    const made = (['audio', 'video'] as const).flatMap((kind) => {
      const wanted = constraints[kind];
      if (!wanted) return [];
      const problem = this.trouble[kind];
      if (problem) throw new DOMException('', problem);
      const exact = ((wanted as MediaTrackConstraints).deviceId as { exact?: string } | undefined)?.exact;
      const id = exact === undefined ? this.devices[kind][0] : this.devices[kind].find((one) => one === exact);
      if (id === undefined) throw new DOMException('', exact === undefined ? 'NotFoundError' : 'OverconstrainedError');
      return [new FakeTrack(kind, id)];
    });
    this.tracks.push(...made);
    return {
      getAudioTracks: () => made.filter(({ kind }) => kind === 'audio'),
      getVideoTracks: () => made.filter(({ kind }) => kind === 'video'),
    } as unknown as MediaStream;
  }
}

function setUp(computer = new FakeComputer(), chosen: Partial<Record<DeviceSource, string>> = {}) {
  const changes: DeviceSource[] = [];
  const news: DeviceNews[] = [];
  const memory: DeviceMemory = {
    read: (source) => chosen[source],
    write: (source, deviceId) => {
      chosen[source] = deviceId;
    },
  };
  const devices = LocalDevices.create({
    devices: computer,
    memory,
    onChange: (source) => changes.push(source),
    onNews: (one) => news.push(one),
  });
  const said = () => news.map(({ source, kind, label }) => `${source} ${kind} ${label}`.trim());
  const states = () =>
    (['microphone', 'camera'] as const).map((source) => {
      const state = devices.state(source);
      return state.kind === 'unavailable' ? state.problem.code : state.kind;
    });
  const trackOf = (source: DeviceSource) => {
    const state = devices.state(source);
    if (state.kind !== 'on') throw new Error(`${source} is ${state.kind}`);
    return state.track as unknown as FakeTrack;
  };
  return { computer, devices, states, trackOf, changes, chosen, said };
}

const live = (computer: FakeComputer) => computer.tracks.filter(({ readyState }) => readyState === 'live').length;

describe('own devices', () => {
  it('asks once for both', async () => {
    const { devices, computer, states } = setUp();
    const opening = devices.open(['microphone', 'camera']);
    expect(states()).toEqual(['starting', 'starting']);
    await opening;
    expect(states()).toEqual(['on', 'on']);
    expect(computer.asked).toHaveLength(1);
  });

  it.each([
    ['NotAllowedError', 'device.refused'],
    ['NotFoundError', 'device.missing'],
    ['NotReadableError', 'device.busy'],
  ])('goes on with the microphone when the camera answers %s', async (name, code) => {
    const { devices, computer, states } = setUp();
    computer.trouble = { video: name };
    await devices.open(['microphone', 'camera']);
    expect(states()).toEqual(['on', code]);
    expect(live(computer)).toBe(1);
  });

  it('goes on with nothing when there is nothing, or when the page may not ask', async () => {
    const { devices, computer, states } = setUp();
    computer.devices = { audio: [], video: [] };
    await devices.open(['microphone', 'camera']);
    expect(states()).toEqual(['device.missing', 'device.missing']);

    const insecure = LocalDevices.create({ devices: undefined, onChange: () => undefined });
    await insecure.open(['microphone']);
    expect(insecure.state('microphone')).toMatchObject({ kind: 'unavailable', problem: { code: 'device.refused' } });
  });

  it('notices when the only one is pulled out, says so, and takes it back when it is plugged in', async () => {
    const { devices, computer, states, trackOf, said } = setUp();
    await devices.open(['microphone', 'camera']);
    computer.unplug(trackOf('camera'));
    expect(states()).toEqual(['on', 'device.missing']);
    await expect.poll(said).toEqual(['camera gone']);
    expect(states()).toEqual(['on', 'device.missing']);
    computer.plugIn('video', 'cam');
    await expect.poll(states).toEqual(['on', 'on']);
    expect(said()).toEqual(['camera gone', 'camera back video cam']);
    expect(live(computer)).toBe(2);
  });

  it('takes the next one at once, and the chosen one again when it is back', async () => {
    const { devices, computer, trackOf, said, chosen } = setUp();
    computer.devices.audio.push('headset');
    await devices.open(['microphone', 'camera']);
    await devices.switchTo('microphone', 'headset');
    expect(chosen).toEqual({ microphone: 'headset' });
    computer.unplug(trackOf('microphone'));
    await expect.poll(said).toEqual(['microphone replaced audio mic']);
    expect(trackOf('microphone').deviceId).toBe('mic');
    // Remembered: it was the person's choice, the other one was not.
    expect(chosen).toEqual({ microphone: 'headset' });
    computer.plugIn('audio', 'headset');
    await expect.poll(said).toEqual(['microphone replaced audio mic', 'microphone back audio headset']);
    expect(trackOf('microphone').deviceId).toBe('headset');
    expect(live(computer)).toBe(2);
  });

  it('begins with what was chosen the last time, and with any other where that is not there', async () => {
    const { devices, computer, trackOf } = setUp(undefined, { camera: 'dermatoscope', microphone: 'gone' });
    computer.devices.video.push('dermatoscope');
    await devices.open(['microphone', 'camera']);
    expect([trackOf('microphone').deviceId, trackOf('camera').deviceId]).toEqual(['mic', 'dermatoscope']);
  });

  it('leaves one track on when the news of a change come while it looks for the next', async () => {
    const { devices, computer, trackOf, states, said } = setUp();
    await devices.open(['camera']);
    const first = trackOf('camera');
    computer.devices.video.push('other');
    computer.unplug(first);
    for (let i = 0; i < 5; i += 1) computer.dispatchEvent(new Event('devicechange'));
    await expect.poll(said).toEqual(['camera replaced video other']);
    expect([states()[1], live(computer)]).toEqual(['on', 1]);
  });

  it('tries once more when something changed while it looked in vain', async () => {
    const { devices, computer, trackOf, states } = setUp();
    await devices.open(['camera']);
    computer.trouble = { video: 'NotReadableError' };
    computer.unplug(trackOf('camera'));
    computer.trouble = {};
    computer.devices.video.push('other');
    computer.dispatchEvent(new Event('devicechange'));
    await expect.poll(() => states()[1]).toBe('on');
    expect(live(computer)).toBe(1);
  });

  it('does not make the voice wait for a slow camera where nothing is asked any more', async () => {
    vi.stubGlobal('navigator', {
      permissions: { query: async () => Object.assign(new EventTarget(), { state: 'granted' }) },
    });
    const computer = new FakeComputer();
    const ask = computer.getUserMedia.bind(computer);
    let open = () => {};
    const slow = new Promise<void>((resolve) => (open = resolve));
    computer.getUserMedia = async (constraints) => {
      if (constraints.video) await slow;
      return ask(constraints);
    };
    const { devices } = setUp(computer);
    const opening = devices.open(['microphone', 'camera']);
    await vi.waitFor(() => expect(devices.state('microphone').kind).toBe('on'));
    expect(devices.state('camera').kind).toBe('starting');
    open();
    await opening;
    expect(devices.state('camera').kind).toBe('on');
    vi.unstubAllGlobals();
  });

  it('says when the permission was taken away, and does not ask by itself', async () => {
    const { devices, computer, trackOf, states, said } = setUp();
    await devices.open(['microphone', 'camera']);
    computer.trouble = { audio: 'NotAllowedError' };
    trackOf('microphone').unplug();
    await expect.poll(said).toEqual(['microphone refused']);
    expect(states()).toEqual(['device.refused', 'on']);
    const asked = computer.asked.length;
    computer.dispatchEvent(new Event('devicechange'));
    await Promise.resolve();
    expect(computer.asked).toHaveLength(asked);
  });

  it('does not ask again by itself for what was refused', async () => {
    const { devices, computer, states } = setUp();
    computer.trouble = { video: 'NotAllowedError' };
    await devices.open(['camera']);
    computer.trouble = {};
    computer.dispatchEvent(new Event('devicechange'));
    await Promise.resolve();
    expect(states()[1]).toBe('device.refused');
    await devices.open(['camera']);
    expect(states()[1]).toBe('on');
  });

  it('stays muted whatever happens to the device, and starts muted when asked to', async () => {
    const { devices, computer, trackOf } = setUp();
    devices.setMuted(true);
    await devices.open(['microphone']);
    expect(trackOf('microphone').enabled).toBe(false);
    computer.devices.audio.push('headset');
    await devices.switchTo('microphone', 'headset');
    expect(devices.state('microphone')).toMatchObject({ deviceId: 'headset', isMuted: true });
    expect(trackOf('microphone').enabled).toBe(false);
    devices.setMuted(false);
    expect(trackOf('microphone').enabled).toBe(true);
  });

  it('switches without a gap and keeps the old one when the new one is in use', async () => {
    const { devices, computer, trackOf } = setUp();
    await devices.open(['camera']);
    const first = trackOf('camera');
    computer.trouble = { video: 'NotReadableError' };
    await expect(devices.switchTo('camera', 'other')).rejects.toMatchObject({ code: 'device.busy' });
    expect(trackOf('camera')).toBe(first);
    expect(first.readyState).toBe('live');
    computer.trouble = {};
    computer.devices.video.push('other');
    await devices.switchTo('camera', 'other');
    expect(trackOf('camera').deviceId).toBe('other');
    expect(first.readyState).toBe('ended');
    expect(live(computer)).toBe(1);
  });

  it('leaves no light on: off, suspended, closed, or answered too late', async () => {
    const { devices, computer, states } = setUp();
    await devices.open(['microphone', 'camera']);
    devices.suspend();
    expect([states(), live(computer)]).toEqual([['off', 'off'], 0]);
    await devices.resume();
    expect([states(), live(computer)]).toEqual([['on', 'on'], 2]);
    devices.close('camera');
    devices.suspend();
    await devices.resume();
    expect(states()).toEqual(['on', 'off']); // only what was wanted

    const opening = devices.open(['camera']);
    devices.closeAll();
    await opening;
    expect([states(), live(computer)]).toEqual([['off', 'off'], 0]);
  });
});
