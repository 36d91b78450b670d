import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import type { types } from 'mediasoup-client';
import { expect, it, vi } from 'vitest';
import type { VoiceDevice } from './room-client-device.ts';
import type { SentPicture } from './room-client-governor.ts';
import { SourceSender } from './room-client-sender.ts';
import { FakeSignalling } from './test-support.ts';

const SMALL: SentPicture = { divideBy: 2, fps: 10, maxBps: 80_000 };
const STILL: SentPicture = { divideBy: 2, fps: 5, maxBps: 40_000, stillEveryMs: 5000 };

/** A camera that is sent; `settings` are what the browser was told of it, the last one last. */
async function camera() {
  const encoding = { active: true } as RTCRtpEncodingParameters;
  const settings: (RTCRtpEncodingParameters & { active: boolean })[] = [];
  let frames = 0;
  const rtpSender = {
    getParameters: () => ({ encodings: [encoding] }),
    setParameters: async () => {
      settings.push({ ...encoding, active: encoding.active ?? false });
      // A whole picture is on its way as soon as it may be.
      if (encoding.active) frames += 1;
    },
    getStats: async () => new Map([['video', { framesSent: frames }]]),
  };
  const producer = {
    closed: false,
    paused: false,
    track: null,
    rtpSender,
    replaceTrack: async () => undefined,
    close() {},
  };
  const sender = SourceSender.create({
    source: 'camera',
    transport: { produce: async () => producer } as unknown as types.Transport,
    signalling: new FakeSignalling(),
    profile: MEDIA_PROFILES.fitted,
    voice: { description: {} } as VoiceDevice,
    governor: undefined,
    onRefused: () => undefined,
  });
  sender.set({ track: { readyState: 'live', getSettings: () => ({}) } as MediaStreamTrack, isPaused: false });
  await vi.waitFor(() => expect(sender.producer).toBeDefined());
  /** Whether pictures leave, after all that was asked for was done. */
  const isSent = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return settings.at(-1)?.active;
  };
  return { sender, settings, isSent };
}

it('sends no picture while the link is away, whatever is planned meanwhile, and begins with a whole one', async () => {
  const { sender, settings, isSent } = await camera();
  sender.setPicture(SMALL);
  expect(await isSent()).toBe(true);
  sender.setAway(true);
  expect(await isSent()).toBe(false);
  sender.setPicture({ ...SMALL, fps: 8 });
  expect(await isSent()).toBe(false);
  sender.setAway(false);
  expect(await isSent()).toBe(true);
  expect(settings.at(-1)).toMatchObject({ maxFramerate: 8, maxBitrate: 80_000 });
});

it('lets no still leave while the link is away, and sends one as soon as it is back', async () => {
  const { sender, settings, isSent } = await camera();
  sender.setAway(true);
  sender.setPicture(STILL);
  expect(await isSent()).toBe(false);
  sender.setAway(false);
  await vi.waitFor(() => expect(settings.map(({ active }) => active)).toEqual([false, true, false]));
  sender.close();
});

it('leaves alone what nobody fits', async () => {
  const { sender, settings, isSent } = await camera();
  sender.setAway(true);
  sender.setAway(false);
  await isSent();
  expect(settings).toEqual([]);
});
