import type { PeerId } from '@jaqyn/shared/kernel/ids';
import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import { type VoicePlan, voiceWireBps } from '@jaqyn/shared/media/voice-plan';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { spareLine } from '../../lib/spare-line.ts';
import { SendGovernor, type SentPicture } from './room-client-governor.ts';

type Advice = NotificationData<'sender:advised'>;

const THEM = 'them' as PeerId;
const CALM = { peerId: THEM, queueMs: 5, jitterMs: 2, lostPercent: 0, burstMs: 0, receivedBps: 60_000, rttMs: 20 };

/** What one picture every five seconds comes to. */
const STILL_BPS = 2400;

/** A sender that sends all it may; `bytes` counts like a browser's transport. */
function setUp({ hasSilentReceivers = false } = {}) {
  const voices: VoicePlan[] = [];
  const pictures: (SentPicture | undefined)[] = [];
  const steps: string[] = [];
  const talks: boolean[] = [];
  const examinations: (SentPicture | undefined)[] = [];
  let bytes = 0;
  const encoder = { seconds: 0, reason: 'none' };
  const video = () => ({
    type: 'outbound-rtp',
    kind: 'video',
    id: 'V',
    totalEncodeTime: encoder.seconds,
    qualityLimitationReason: encoder.reason,
  });
  /** What of its plan the voice takes. */
  const voice = { share: 1, bytes: 0 };
  const sound = () => ({ type: 'outbound-rtp', kind: 'audio', id: 'A', bytesSent: voice.bytes });
  /** Of the path, measured every two seconds. */
  const way = { rttMs: 600 };
  const row = () => ({
    type: 'transport',
    id: 'T',
    timestamp: performance.now(),
    bytesSent: bytes,
    packetsSent: 0,
    selectedCandidatePairId: 'P',
  });
  const pair = () => ({
    type: 'candidate-pair',
    id: 'P',
    currentRoundTripTime: way.rttMs / 1000,
    responsesReceived: Math.floor(performance.now() / 2000),
  });
  const transport = {
    closed: false,
    getStats: async () =>
      new Map<string, object>([
        ['T', row()],
        ['V', video()],
        ['A', sound()],
        ['P', pair()],
      ]),
  };
  const governor = SendGovernor.create({
    profile: MEDIA_PROFILES.fitted,
    transport: transport as unknown as types.Transport,
    onVoice: (plan) => voices.push(plan),
    onTalk: (isSent) => talks.push(isSent),
    onPicture: (picture) => pictures.push(picture),
    onStep: ({ step }) => steps.push(step),
    onExamination: (picture) => examinations.push(picture),
    onStethoscope: () => {},
    hold: undefined,
    hasSilentReceivers,
  });
  governor.setCamera(true);
  const sentBps = () =>
    voice.share * voiceWireBps(governor.voice) +
    (governor.stethoscope?.wireBps ?? 0) +
    (governor.picture?.stillEveryMs === undefined ? (governor.picture?.maxBps ?? 0) : STILL_BPS) +
    (governor.examination?.maxBps ?? 0);
  const advise = (change: Partial<Advice> = {}) => governor.advise({ ...CALM, ...change });
  /** So many seconds with four reports each. */
  const pass = async (seconds: number, change: (now: number) => Partial<Advice> = () => ({})) => {
    for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
      bytes += sentBps() / 32;
      voice.bytes += (voice.share * voiceWireBps(governor.voice)) / 32;
      await vi.advanceTimersByTimeAsync(250);
      advise({ receivedBps: sentBps(), ...change(performance.now()) });
    }
  };
  /** The same without a report. */
  const passUnheard = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      bytes += sentBps() / 8;
      voice.bytes += (voice.share * voiceWireBps(governor.voice)) / 8;
      await vi.advanceTimersByTimeAsync(1000);
    }
  };
  return {
    governor,
    voices,
    talks,
    pictures,
    steps,
    examinations,
    encoder,
    voice,
    way,
    advise,
    pass,
    passUnheard,
    sentBps,
  };
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

  it('follows the last of reports that come all at once, as they do behind a lost packet', async () => {
    const { governor, advise, pass, sentBps } = setUp();
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
    const { governor, voice, pass } = setUp();
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
    const { governor, voice, pass } = setUp();
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
    const { governor, pictures, pass } = setUp();
    governor.setWatched(true);
    await pass(3, () => ({ queueMs: 900, receivedBps: 20_000 }));
    expect(governor.picture).toBeUndefined();
    pictures.length = 0;
    await pass(20);
    expect(pictures[0]?.maxBps ?? Number.POSITIVE_INFINITY).toBeLessThan(30_000);
    governor.close();
  });

  it('keeps its picture while a muted voice tells nobody how the way is, until a queue grows on this side', async () => {
    const { governor, way, pass, passUnheard, sentBps } = setUp();
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
    const { governor, pass, passUnheard, sentBps } = setUp();
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
    const { governor, passUnheard } = setUp({ hasSilentReceivers: true });
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

  it('finds its way from stills to moving pictures: what a still takes now and then proves nothing', async () => {
    const { governor, voice, pass } = setUp();
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

  it('grows small when reports stay away though somebody talks', async () => {
    const { governor, pass, passUnheard, sentBps } = setUp();
    governor.setWatched(true);
    await pass(20);
    const before = sentBps();
    await passUnheard(30);
    expect(sentBps()).toBeLessThan(0.3 * before);
    governor.close();
  });

  it('is nothing but a try now and then on a link that carries no voice, and says so; then the voice is back', async () => {
    const { governor, talks, pass } = setUp();
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

  it('steps down also where no report comes any more and what arrives is in pieces; a lost socket alone changes nothing', async () => {
    const { governor, pass } = setUp();
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

  it('is named as a step, held by hand at once, and nothing without a camera', async () => {
    const { governor, steps, pass } = setUp();
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
    const { governor, pass } = setUp();
    governor.setWatched(true);
    await pass(4, () => ({ queueMs: 900, receivedBps: 20_000 }));
    expect(governor.step).toMatchObject({ step: 'voice', why: 'link' });
    expect(governor.picture).toBeUndefined();
    await pass(30);
    expect(governor.step.step).not.toBe('voice');
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

  it('is the examination before the face on a thin link, and the face again after it', async () => {
    const { governor, examinations, pass } = setUp();
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
    const { governor, pass } = setUp();
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

  it('is no more than the computer makes, says so, and is whole again when it can', async () => {
    const { governor, encoder, pass } = setUp();
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

  it('is a file in the place of the picture on a thin link: all that the voice leaves, by a queue that a voice does not mind', async () => {
    const LINK_BPS = 130_000;
    const { governor, pass } = setUp();
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
    const { governor, pass } = setUp();
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
