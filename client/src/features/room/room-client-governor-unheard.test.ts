import { voiceWireBps } from '@jaqyn/shared/media/voice-plan';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALM, setUpGovernor, THEM } from './room-client-governor-test-support.ts';

describe('what is sent while nobody says how it arrives', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps its picture while a muted voice tells nobody how the way is, until a queue grows on this side', async () => {
    const { governor, way, pass, passUnheard, sentBps } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    const before = sentBps();
    governor.setMuted(true);
    await passUnheard(30);
    expect(sentBps()).toBe(before);
    // One that was long, looked at twice.
    way.rttMs = 760;
    await passUnheard(2);
    way.rttMs = 600;
    await passUnheard(10);
    expect(sentBps()).toBeGreaterThan(0.9 * before);
    way.rttMs = 1400;
    await passUnheard(4);
    expect(sentBps()).toBeLessThan(0.8 * before);
    governor.close();
  });

  it('goes by what the server makes of the receivers while none of them says anything, and by their reports as soon as they come', async () => {
    const { governor, pass, passUnheard, sentBps } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    const before = sentBps();
    governor.limit(100_000);
    expect(sentBps()).toBe(before);
    governor.setMuted(true);
    await passUnheard(8);
    expect(sentBps()).toBeLessThanOrEqual(100_000 + voiceWireBps(governor.voice));
    await pass(0.5);
    expect(sentBps()).toBeGreaterThan(0.9 * before);
    governor.close();
  });

  it('goes by the server alone where the browsers of the receivers cannot say anything', async () => {
    const { governor, passUnheard } = setUpGovernor({ hasSilentReceivers: true });
    governor.setWatched(true);
    governor.limit(300_000);
    await passUnheard(4);
    expect(governor.picture?.maxBps).toBeLessThan(40_000);
    await passUnheard(4);
    expect(governor.picture?.maxBps).toBeGreaterThan(200_000);
    governor.limit(1_200_000);
    await passUnheard(8);
    expect(governor.picture).toMatchObject({ divideBy: 1 });
    governor.limit(64_000);
    expect(governor.picture?.maxBps).toBeLessThan(64_000);
    governor.close();
  });

  it('grows small when reports stay away though somebody talks', async () => {
    const { governor, pass, passUnheard, sentBps } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    const before = sentBps();
    await passUnheard(30);
    expect(sentBps()).toBeLessThan(0.3 * before);
    governor.close();
  });

  it('steps down also where no report comes any more and what arrives is in pieces; a lost socket alone changes nothing', async () => {
    const { governor, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    const hear = async (seconds: number, heard: { queueMs: number; lostPercent: number }) => {
      for (let second = 0; second < seconds; second += 1) {
        governor.hear(THEM, { ...CALM, ...heard });
        await vi.advanceTimersByTimeAsync(1000);
      }
    };
    // The socket is away, the media go on.
    await hear(60, { queueMs: 20, lostPercent: 2 });
    expect(governor.step.why).not.toBe('too_thin');
    expect(governor.isTalking).toBe(true);
    await pass(5);
    await hear(40, { queueMs: 4000, lostPercent: 60 });
    expect(governor.step).toMatchObject({ step: 'voice', why: 'too_thin' });
    governor.close();
  });
});
