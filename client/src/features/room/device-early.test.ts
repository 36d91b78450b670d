import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askFor } from './device-asks.ts';
import { getUserMedia, openEarly } from './device-early.ts';

const MEMORY = { read: () => undefined };

/** Devices that open when told to; what was asked, and the tracks that came of it. */
function fakeDevices() {
  const asked: MediaStreamConstraints[] = [];
  const tracks: { stop: ReturnType<typeof vi.fn> }[] = [];
  const devices = {
    getUserMedia: async (constraints: MediaStreamConstraints) => {
      asked.push(constraints);
      const track = { stop: vi.fn() };
      tracks.push(track);
      return { getTracks: () => [track] } as unknown as MediaStream;
    },
  };
  return { devices, asked, tracks };
}

const allow = (state: PermissionState) =>
  vi.stubGlobal('navigator', { permissions: { query: async () => ({ state }) } });
const soon = () => vi.advanceTimersByTimeAsync(0);

describe('devices that are opened before their room is there', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('are taken by the room that asks in the same words, once, and stay on when the press is over', async () => {
    allow('granted');
    const { devices, asked, tracks } = fakeDevices();
    const letGo = openEarly(devices, MEMORY);
    await soon();
    expect(asked).toEqual([askFor('microphone'), askFor('camera')]);
    const taken = await Promise.all([
      getUserMedia(devices, askFor('microphone')),
      getUserMedia(devices, askFor('camera')),
    ]);
    expect(taken.flatMap((stream) => stream.getTracks())).toEqual(tracks);
    expect(asked).toHaveLength(2);
    letGo();
    await vi.advanceTimersByTimeAsync(60_000);
    for (const track of tracks) expect(track.stop).not.toHaveBeenCalled();
    await getUserMedia(devices, askFor('camera'));
    expect(asked).toHaveLength(3);
  });

  it('are let go of when nothing comes of the press, and when nobody comes for them', async () => {
    allow('granted');
    const { devices, tracks } = fakeDevices();
    const letGo = openEarly(devices, MEMORY);
    await soon();
    letGo();
    await soon();
    expect(tracks.map(({ stop }) => stop.mock.calls.length)).toEqual([1, 1]);
    openEarly(devices, MEMORY);
    await vi.advanceTimersByTimeAsync(9000);
    expect(tracks[2]?.stop).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(tracks.map(({ stop }) => stop.mock.calls.length)).toEqual([1, 1, 1, 1]);
  });

  it('are not asked for where the person would be asked, nor after the press was taken back', async () => {
    const { devices, asked } = fakeDevices();
    allow('prompt');
    openEarly(devices, MEMORY);
    await soon();
    allow('granted');
    openEarly(devices, MEMORY)();
    await soon();
    vi.stubGlobal('navigator', {});
    openEarly(devices, MEMORY);
    await soon();
    expect(asked).toEqual([]);
  });
});
