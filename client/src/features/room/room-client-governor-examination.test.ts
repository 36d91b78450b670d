import type { PeerId } from '@jaqyn/shared/kernel/ids';
import { voiceWireBps } from '@jaqyn/shared/media/voice-plan';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { spareLine } from '../../lib/spare-line.ts';
import { CALM, setUpGovernor } from './room-client-governor-test-support.ts';

describe('what goes before the face', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is the examination before the face on a thin link, and the face again after it', async () => {
    const { governor, examinations, pass } = setUpGovernor();
    governor.setWatched(true);
    // A link of 130 kbit/s: what is above it waits.
    const queued = () => ({ queueMs: Math.max(5, (bps() - 130_000) / 100), receivedBps: Math.min(bps(), 130_000) });
    const bps = () =>
      voiceWireBps(governor.voice) + (governor.picture?.maxBps ?? 0) + (governor.examination?.maxBps ?? 0);
    await pass(15, queued);
    expect(governor.step.step).toBe('small');
    governor.setExamination(true);
    expect(governor.step).toMatchObject({ why: 'examination' });
    expect(['still', 'voice']).toContain(governor.step.step);
    await pass(5, queued);
    const { examination } = governor;
    expect(examinations.length).toBeGreaterThan(0);
    expect(examination?.fps).toBeLessThanOrEqual(4);
    expect(examination?.maxBps).toBeGreaterThan(
      governor.picture?.stillEveryMs === undefined ? (governor.picture?.maxBps ?? 0) : 0,
    );
    governor.setExamination(false);
    expect(governor.examination).toBeUndefined();
    expect(governor.step).toMatchObject({ step: 'small', why: 'link' });
    governor.close();
  });

  it('leaves to a photo what the face had, and nothing after the call', async () => {
    const { governor, pass } = setUpGovernor();
    governor.setWatched(true);
    await pass(5);
    expect(spareLine.budgetBps).toBe(0);
    spareLine.isSending = true;
    await pass(1);
    expect(governor.step.why).toBe('file');
    expect(spareLine.budgetBps).toBeGreaterThan(10_000);
    spareLine.isSending = false;
    governor.close();
    expect(spareLine.budgetBps).toBeUndefined();
  });

  it('is a file in the place of the picture on a thin link: all that the voice leaves, by a queue that a voice does not mind', async () => {
    const LINK_BPS = 130_000;
    const { governor, pass } = setUpGovernor();
    governor.setWatched(true);
    let queueMs = 0;
    let sentBps = 0;
    const late: { queueMs: number; fileBps: number }[] = [];
    const cross = () => {
      const fileBps = spareLine.isSending ? (spareLine.budgetBps ?? 0) : 0;
      const soundBps = voiceWireBps(governor.voice) + (governor.picture?.maxBps ?? 0);
      sentBps = fileBps + soundBps;
      queueMs = Math.max(0, queueMs + (250 * (sentBps - LINK_BPS)) / LINK_BPS);
      spareLine.sentBytes += Math.min(fileBps, Math.max(0, LINK_BPS - soundBps)) / 32;
      late.push({ queueMs, fileBps: Math.min(fileBps, LINK_BPS - soundBps) });
      return { queueMs, receivedBps: Math.min(soundBps, LINK_BPS) };
    };
    await pass(30, cross);
    spareLine.isSending = true;
    await pass(15, cross);
    expect(governor.picture).toBeUndefined();
    late.length = 0;
    await pass(60, cross);
    const mean = late.reduce((sum, { fileBps }) => sum + fileBps, 0) / late.length;
    expect(mean / (LINK_BPS - voiceWireBps(governor.voice))).toBeGreaterThan(0.85);
    expect(Math.max(...late.map((one) => one.queueMs))).toBeLessThan(300);
    // Two receivers: one of them has a full line of their own.
    await pass(10, () => {
      governor.advise({ ...CALM, peerId: 'thin' as PeerId, queueMs: 700, receivedBps: 40_000 });
      return cross();
    });
    expect(spareLine.budgetBps).toBeGreaterThan(0.6 * mean);
    governor.forget('thin');
    spareLine.isSending = false;
    await pass(1, cross);
    expect(spareLine.budgetBps).toBe(0);
    await pass(20, cross);
    expect(governor.picture).toBeDefined();
    governor.close();
  });

  it('is a stethoscope’s sound before every picture, better as soon as the link proves to carry it', async () => {
    const { governor, pass } = setUpGovernor();
    governor.setWatched(true);
    governor.setStethoscope(true);
    // Whatever the link is said to carry at first, there is a sound: with the talk muted nothing else tells of it.
    expect(governor.stethoscope).toBeDefined();
    await pass(20);
    expect(governor.stethoscope).toMatchObject({ opusBps: 64_000, isGood: true });
    governor.setStethoscope(false);
    expect(governor.stethoscope).toBeUndefined();
    governor.close();
  });
});
