import { expect, it } from 'vitest';
import { NO_VOICE_USE, noteVoiceUse, type VoiceUse, voiceNeedBps } from './voice-use.ts';

function used(plannedBps: number, seconds: readonly number[]): VoiceUse {
  return seconds.reduce<VoiceUse>((use, bps) => noteVoiceUse(use, plannedBps, bps), NO_VOICE_USE);
}

it('keeps what is planned until the voice was heard for a while', () => {
  expect(voiceNeedBps(NO_VOICE_USE, 40_000)).toBe(40_000);
  expect(voiceNeedBps(used(40_000, [10_000, 10_000, 10_000]), 40_000)).toBe(40_000);
  expect(voiceNeedBps(used(40_000, [10_000, 10_000, 10_000, 10_000]), 40_000)).toBeCloseTo(11_000);
});

it('keeps what the loudest of the last seconds took, and never more than is planned', () => {
  expect(voiceNeedBps(used(40_000, [...Array(7).fill(10_000), 20_000]), 40_000)).toBeCloseTo(22_000);
  expect(voiceNeedBps(used(40_000, [20_000, ...Array(8).fill(10_000)]), 40_000)).toBeCloseTo(11_000);
  expect(voiceNeedBps(used(40_000, Array(8).fill(60_000)), 40_000)).toBe(40_000);
});

it('takes another plan to be used as much as the one before', () => {
  expect(voiceNeedBps(used(40_000, Array(8).fill(20_000)), 20_000)).toBeCloseTo(11_000);
});
