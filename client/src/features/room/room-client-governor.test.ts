import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import { type VoicePlan, voiceWireBps } from '@jaqyn/shared/media/voice-plan';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SendGovernor, type SentPicture } from './room-client-governor.ts';

type Advice = NotificationData<'sender:advised'>;

const CALM = { queueMs: 5, jitterMs: 2, lostPercent: 0, burstMs: 0, receivedBps: 60_000, rttMs: 20 };

/** A sender that sends all it may; `bytes` counts like a browser's transport. */
function setUp() {
  const voices: VoicePlan[] = [];
  const pictures: (SentPicture | undefined)[] = [];
  let bytes = 0;
  const row = () => ({ type: 'transport', id: 'T', timestamp: performance.now(), bytesSent: bytes, packetsSent: 0 });
  const transport = { closed: false, getStats: async () => new Map([['T', row()]]) };
  const governor = SendGovernor.create({
    profile: MEDIA_PROFILES.fitted,
    transport: transport as unknown as types.Transport,
    onVoice: (plan) => voices.push(plan),
    onPicture: (picture) => pictures.push(picture),
  });
  const sentBps = () => voiceWireBps(governor.voice) + (governor.picture?.maxBps ?? 0);
  const advise = (change: Partial<Advice> = {}) => governor.advise({ ...CALM, ...change } as Advice);
  /** So many seconds with four reports each. */
  const pass = async (seconds: number, change: (now: number) => Partial<Advice> = () => ({})) => {
    for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
      bytes += sentBps() / 32;
      await vi.advanceTimersByTimeAsync(250);
      advise({ receivedBps: sentBps(), ...change(performance.now()) });
    }
  };
  return { governor, voices, pictures, pass, sentBps };
}

describe('what is sent', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is no picture while nobody is there, and the smallest at first', () => {
    const { governor, pictures } = setUp();
    expect(governor.picture).toBeUndefined();
    governor.setWatched(true);
    expect(pictures).toHaveLength(1);
    expect(governor.picture).toMatchObject({ divideBy: 4 });
    governor.setWatched(false);
    expect(governor.picture).toBeUndefined();
    governor.close();
  });

  it('grows on a good way to the whole picture and a voice of 20 ms, and is cut at once when a queue grows', async () => {
    const { governor, pass, sentBps } = setUp();
    governor.setWatched(true);
    await pass(20);
    expect(governor.picture).toMatchObject({ divideBy: 1, fps: 15 });
    expect(governor.voice.ptimeMs).toBe(20);
    const before = sentBps();
    await pass(0.5, () => ({ queueMs: 400, receivedBps: 128_000 }));
    expect(sentBps()).toBeLessThan(0.4 * before);
    expect(voiceWireBps(governor.voice)).toBeLessThan(128_000);
    governor.close();
  });

  it('protects the voice when it is lost, before it thinks of the picture', async () => {
    const { governor, pass } = setUp();
    governor.setWatched(true);
    await pass(2, () => ({ lostPercent: 10, burstMs: 80 }));
    expect(governor.voice.copies.length).toBeGreaterThan(0);
    governor.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
