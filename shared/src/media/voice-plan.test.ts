import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxDistance } from './red.ts';
import {
  chooseVoicePlan,
  FIRST_VOICE,
  nextVoice,
  residualPercent,
  sparingNeeds,
  type VoiceNeeds,
  voiceWireBps,
} from './voice-plan.ts';

const links = fc.record({
  totalBps: fc.integer({ min: 36_000, max: 900_000 }),
  lostPercent: fc.double({ min: 0, max: 40, noNaN: true }),
  burstMs: fc.double({ min: 0, max: 1000, noNaN: true }),
});

describe('the voice plan', () => {
  it('fits the thinnest link, names only what the format can, and never costs more than the link has', () => {
    fc.assert(
      fc.property(links, (needs) => {
        const plan = chooseVoicePlan(needs);
        expect(voiceWireBps(plan)).toBeLessThan(needs.totalBps);
        expect(plan.copies.every((distance) => distance > 0 && distance <= maxDistance(plan.ptimeMs))).toBe(true);
        expect([...plan.copies].sort((a, b) => a - b)).toEqual(plan.copies);
      }),
    );
  });

  it('never leaves more of the sound lost on a better link', () => {
    fc.assert(
      fc.property(links, fc.integer({ min: 0, max: 250_000 }), (needs, more) => {
        const wider = { ...needs, totalBps: needs.totalBps + more };
        const left = (one: VoiceNeeds) => residualPercent(chooseVoicePlan(one), needs);
        // What is good enough need not become better.
        expect(left(wider)).toBeLessThanOrEqual(Math.max(0.8, left(needs) * 1.5));
      }),
    );
  });

  it.each([
    { link: '64k up, 5 % in bursts of 80 ms', totalBps: 62_000, lostPercent: 5, burstMs: 80, atMost: 1 },
    { link: '128k down, the same', totalBps: 120_000, lostPercent: 5, burstMs: 80, atMost: 0.6 },
    { link: 'LTE with 10 %', totalBps: 500_000, lostPercent: 10, burstMs: 80, atMost: 0.6 },
    { link: 'LTE with 20 %', totalBps: 500_000, lostPercent: 20, burstMs: 80, atMost: 1.1 },
    { link: 'a satellite in rain, 64k', totalBps: 60_000, lostPercent: 3, burstMs: 200, atMost: 1.2 },
  ])('$link: at most $atMost % of the sound is missing', ({ atMost, ...needs }) => {
    expect(residualPercent(chooseVoicePlan(needs), needs)).toBeLessThanOrEqual(atMost);
  });

  it('spends nothing on a calm thin link and little on a wide one', () => {
    expect(chooseVoicePlan({ totalBps: 110_000, lostPercent: 0.5, burstMs: 60 })).toEqual({
      opusBps: 24_000,
      ptimeMs: 60,
      copies: [],
    });
    expect(chooseVoicePlan({ totalBps: 600_000, lostPercent: 0, burstMs: 0 })).toMatchObject({
      ptimeMs: 20,
      copies: [1],
    });
  });

  it('protects at once and relaxes after a while', () => {
    const bad = { totalBps: 120_000, lostPercent: 8, burstMs: 80 };
    const fine = { totalBps: 120_000, lostPercent: 0, burstMs: 0 };
    const strong = nextVoice(FIRST_VOICE, bad, 0);
    expect(strong.plan.copies.length).toBeGreaterThan(0);
    let state = strong;
    for (let now = 1000; now < 15_000; now += 1000) {
      state = nextVoice(state, fine, now);
      expect(state.plan).toEqual(strong.plan);
    }
    state = nextVoice(state, fine, 17_000);
    expect(state.plan.copies).toEqual([]);
    // A bad moment in between starts the time anew.
    expect(nextVoice(nextVoice(nextVoice(strong, fine, 1000), bad, 9000), fine, 16_500).plan).toEqual(strong.plan);
  });

  it('gives way at once when the link becomes thin', () => {
    const wide = nextVoice(FIRST_VOICE, { totalBps: 600_000, lostPercent: 20, burstMs: 80 }, 0);
    const needs = { totalBps: 60_000, lostPercent: 20, burstMs: 80 };
    expect(voiceWireBps(nextVoice(wide, needs, 1).plan)).toBeLessThan(45_000);
  });
});

it('is thin and without copies while a queue is emptied, and what it was before at once; where much is lost it keeps them', () => {
  const needs = { totalBps: 109_000, lostPercent: 1.2, burstMs: 30 };
  const usual = nextVoice(FIRST_VOICE, needs, 0);
  expect(usual.plan.copies).not.toEqual([]);
  const sparing = nextVoice(usual, sparingNeeds(needs), 1000);
  expect(sparing.plan).toEqual({ opusBps: 16_000, ptimeMs: 60, copies: [] });
  expect(nextVoice(sparing, needs, 3000).plan).toEqual(usual.plan);
  const lossy = { ...needs, lostPercent: 5 };
  expect(sparingNeeds(lossy)).toEqual(lossy);
  expect(sparingNeeds({ ...needs, totalBps: 24_000 }).totalBps).toBe(24_000);
});

it('takes no more than half of a link on which the rest is the only picture', () => {
  for (const totalBps of [64_000, 72_000, 79_000]) {
    const plan = chooseVoicePlan({ totalBps, lostPercent: 5, burstMs: 100 });
    expect(voiceWireBps(plan)).toBeLessThanOrEqual(Math.max(36_000, totalBps / 2));
  }
});
