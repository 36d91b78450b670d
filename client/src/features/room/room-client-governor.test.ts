import { voiceWireBps } from '@jaqyn/shared/media/voice-plan';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setUpGovernor } from './room-client-governor-test-support.ts';

describe('what is sent', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is no picture while nobody is there, and the smallest at first', () => {
    const { governor, pictures } = setUpGovernor();
    expect(governor.picture).toBeUndefined();
    governor.setWatched(true);
    expect(pictures).toHaveLength(1);
    expect(governor.picture).toMatchObject({ divideBy: 4 });
    governor.setWatched(false);
    expect(governor.picture).toBeUndefined();
    governor.close();
  });

  it('grows on a good way to the whole picture and a voice of 20 ms, and is cut at once when a queue grows', async () => {
    const { governor, pass, sentBps } = setUpGovernor();
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

  it('keeps the size that the link carries while a queue is emptied: another would begin with a whole picture, twice', async () => {
    const { governor, pictures, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    pictures.length = 0;
    await pass(1, () => ({ queueMs: 400, receivedBps: 128_000 }));
    const emptied = governor.picture;
    expect(emptied?.maxBps).toBeLessThan(20_000);
    expect(governor.voice).toMatchObject({ opusBps: 16_000, copies: [] });
    await pass(6);
    expect(governor.picture?.maxBps).toBeGreaterThan(40_000);
    expect(new Set(pictures.map((picture) => picture?.divideBy))).toEqual(new Set([2]));
    governor.close();
  });

  it('follows the last of reports that come all at once, as they do behind a lost packet', async () => {
    const { governor, advise, pass, sentBps } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    const before = sentBps();
    for (let count = 0; count < 5; count += 1) advise({ queueMs: 700, receivedBps: 100_000 });
    advise({ receivedBps: before });
    await vi.advanceTimersByTimeAsync(250);
    expect(sentBps()).toBeGreaterThanOrEqual(before);
    for (let count = 0; count < 2; count += 1) advise({ queueMs: 700, receivedBps: 100_000 });
    await vi.advanceTimersByTimeAsync(250);
    expect(sentBps()).toBeLessThan(0.5 * before);
    governor.close();
  });

  it('leaves to the picture what the voice does not take of its plan, and to the voice what it takes', async () => {
    const { governor, voice, pass } = setUpGovernor();
    governor.setWatched(true);
    // As full as it is wanted: the rate stays what it is.
    const full = () => ({ queueMs: 64, jitterMs: 2 });
    await pass(12, full);
    const planned = governor.picture?.maxBps ?? 0;
    voice.share = 0.4;
    await pass(9, full);
    const left = governor.picture?.maxBps ?? 0;
    expect(left - planned).toBeGreaterThan(0.5 * voiceWireBps(governor.voice));
    voice.share = 1;
    await pass(3, full);
    expect(governor.picture?.maxBps ?? 0).toBeLessThan(1.1 * planned);
    governor.close();
  });

  it('keeps the whole plan for a voice that is muted: it begins to speak in a moment', async () => {
    const { governor, voice, pass } = setUpGovernor();
    governor.setWatched(true);
    const full = () => ({ queueMs: 64, jitterMs: 2 });
    await pass(12, full);
    const planned = governor.picture?.maxBps ?? 0;
    governor.setMuted(true);
    voice.share = 0;
    await pass(12, full);
    expect(governor.picture?.maxBps ?? 0).toBeLessThan(1.1 * planned);
    governor.close();
  });

  it('proves no more without a picture than the first one needs', async () => {
    const { governor, pictures, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(3, () => ({ queueMs: 900, receivedBps: 20_000 }));
    expect(governor.picture).toBeUndefined();
    pictures.length = 0;
    await pass(20);
    expect(pictures[0]?.maxBps ?? Number.POSITIVE_INFINITY).toBeLessThan(30_000);
    governor.close();
  });

  it('protects the voice when it is lost, before it thinks of the picture', async () => {
    const { governor, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(2, () => ({ lostPercent: 10, burstMs: 80 }));
    expect(governor.voice.copies.length).toBeGreaterThan(0);
    governor.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
