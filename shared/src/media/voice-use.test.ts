import { expect, it } from 'vitest';
import { NO_VOICE_USE, noteVoiceUse, type VoiceUse, voiceNeedBps } from './voice-use.ts';

function used(plannedBps: number, seconds: readonly number[]): VoiceUse {
  return seconds.reduce<VoiceUse>((use, bps) => noteVoiceUse(use, plannedBps, bps), {
    ...NO_VOICE_USE,
    plannedBps,
  });
}

it('keeps what is planned until the voice was seen for a sentence', () => {
  expect(voiceNeedBps(NO_VOICE_USE, 34_000)).toBe(34_000);
  expect(voiceNeedBps(used(34_000, Array(7).fill(10_000)), 34_000)).toBe(34_000);
  expect(voiceNeedBps(used(34_000, Array(8).fill(10_000)), 34_000)).toBe(11_000);
});

it('keeps what the loudest of the last seconds took, and never more than is planned', () => {
  expect(voiceNeedBps(used(34_000, [...Array(7).fill(10_000), 20_000]), 34_000)).toBe(22_000);
  expect(voiceNeedBps(used(34_000, [20_000, ...Array(8).fill(10_000)]), 34_000)).toBe(11_000);
  expect(voiceNeedBps(used(34_000, Array(8).fill(40_000)), 34_000)).toBe(34_000);
});

it('begins anew with another plan', () => {
  const before = used(34_000, Array(8).fill(10_000));
  expect(voiceNeedBps(before, 25_000)).toBe(25_000);
  expect(voiceNeedBps(noteVoiceUse(before, 25_000, 10_000), 25_000)).toBe(25_000);
});
