import type { PeerId } from '@jaqyn/shared/kernel/ids';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setUpGovernor } from './room-client-governor-test-support.ts';

describe('the step of what is sent', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('finds its way from stills to moving pictures: what a still takes now and then proves nothing', async () => {
    const { governor, voice, pass } = setUpGovernor();
    governor.setWatched(true);
    voice.share = 0.4;
    await pass(10, () => ({ queueMs: 900, receivedBps: 12_000 }));
    governor.setHold('still');
    await pass(30);
    expect(governor.picture?.stillEveryMs).toBe(5000);
    governor.setHold(undefined);
    await pass(0.5);
    expect(governor.picture?.stillEveryMs).toBeUndefined();
    expect(governor.picture?.maxBps).toBeGreaterThan(15_000);
    governor.close();
  });

  it('is nothing but a try now and then on a link that carries no voice, and says so; then the voice is back', async () => {
    const { governor, talks, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(30, () => ({ queueMs: 3000, lostPercent: 55, receivedBps: 8000 }));
    expect(governor.step).toMatchObject({ step: 'voice', why: 'too_thin' });
    expect(governor.picture).toBeUndefined();
    expect(talks.slice(0, 3)).toEqual([false, true, false]);
    await pass(45, () => ({ receivedBps: 22_000 }));
    expect(governor.step.why).not.toBe('too_thin');
    expect(governor.isTalking).toBe(true);
    // Somebody else hears it well: one receiver's line, or lie, silences nobody.
    await pass(30, (now) =>
      now % 500 === 0
        ? { peerId: 'good' as PeerId, receivedBps: 22_000 }
        : { queueMs: 3000, lostPercent: 55, receivedBps: 8000 },
    );
    expect(governor.step.why).not.toBe('too_thin');
    expect(governor.isTalking).toBe(true);
    governor.forget('good');
    // Whoever comes next has another line.
    await pass(30, () => ({ queueMs: 3000, lostPercent: 55, receivedBps: 8000 }));
    governor.setWatched(false);
    governor.setWatched(true);
    expect(governor.isTalking).toBe(true);
    governor.close();
  });

  it('is named as a step, held by hand at once, and nothing without a camera', async () => {
    const { governor, steps, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    expect(governor.step).toMatchObject({ step: 'sharp' });
    governor.setHold('still');
    expect(governor.step).toMatchObject({ step: 'still', why: 'by_hand' });
    expect(governor.picture?.stillEveryMs).toBe(5000);
    governor.setCamera(false);
    expect(governor.step).toMatchObject({ step: 'voice', why: 'no_camera' });
    expect(governor.picture).toBeUndefined();
    governor.setCamera(true);
    governor.setHold(undefined);
    expect(governor.picture).toMatchObject({ divideBy: 1 });
    expect(steps.slice(-4)).toEqual(['still', 'voice', 'still', 'sharp']);
    governor.close();
  });

  it('is voice alone on a way that carries no more, and a picture again when it has carried more for a while', async () => {
    const { governor, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(4, () => ({ queueMs: 900, receivedBps: 20_000 }));
    expect(governor.step).toMatchObject({ step: 'voice', why: 'link' });
    expect(governor.picture).toBeUndefined();
    await pass(30);
    expect(governor.step.step).not.toBe('voice');
    governor.close();
  });

  it('is no more than the computer makes, says so, and is whole again when it can', async () => {
    const { governor, encoder, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(20);
    expect(governor.step).toMatchObject({ step: 'sharp' });
    const work = (perSecond: () => number) => () => {
      encoder.seconds += perSecond() / 4;
      return {};
    };
    const old = () => (governor.picture?.divideBy === 1 ? 0.7 : 0.1);
    await pass(10, work(old));
    expect(governor.step).toMatchObject({ step: 'small', why: 'computer' });
    expect(governor.picture).toMatchObject({ divideBy: 2 });
    await pass(60, work(old));
    expect(governor.step).toMatchObject({ step: 'small', why: 'computer' });
    // Something else had kept it busy.
    const little = () => 0.03;
    await pass(60, work(little));
    expect(governor.step).toMatchObject({ step: 'sharp' });
    encoder.reason = 'cpu';
    await pass(5, work(little));
    expect(governor.step).toMatchObject({ step: 'small', why: 'computer' });
    await pass(5, work(little));
    expect(governor.step).toMatchObject({ step: 'still', why: 'computer' });
    governor.close();
  });
});
