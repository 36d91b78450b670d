import type { PeerId } from '@jaqyn/shared/kernel/ids';
import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import { type VoicePlan, voiceWireBps } from '@jaqyn/shared/media/voice-plan';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import type { types } from 'mediasoup-client';
import { vi } from 'vitest';
import { SendGovernor, type SentPicture } from './room-client-governor.ts';

type Advice = NotificationData<'sender:advised'>;

export const THEM = 'them' as PeerId;
export const CALM = {
  peerId: THEM,
  queueMs: 5,
  jitterMs: 2,
  lostPercent: 0,
  burstMs: 0,
  receivedBps: 60_000,
  rttMs: 20,
};

/** What one picture every five seconds comes to. */
const STILL_BPS = 2400;

/** A sender that sends all it may; `bytes` counts like a browser's transport. */
export function setUpGovernor({ hasSilentReceivers = false } = {}) {
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
