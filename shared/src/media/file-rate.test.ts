import { expect, it } from 'vitest';
import { type FileRate, nextFileRate, startFile } from './file-rate.ts';

const STEP_MS = 10;
/** Of voice on the wire, all the time. */
const VOICE_BPS = 26_000;
/** As the product's receivers report, and answers reach the sender. */
const REPORT_MS = 500;
const WINDOW_MS = 3000;

interface Line {
  readonly bps: (seconds: number) => number;
  readonly rttMs: number;
  /** A lost packet holds the answers back for a round trip and a half: they come in the order of their bytes. */
  readonly lossPercent?: number;
}

/** A call beside a file: what of the file arrived from the twentieth second on, as a share of what voice leaves, and the queue. */
function play(line: Line, spareBps: number, seconds = 120) {
  let seed = 11;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  let rate: FileRate = startFile(0, spareBps);
  let queueBits = 0;
  let heldUntil = 0;
  let reportedAt = 0;
  const answers: { at: number; bits: number }[] = [];
  let arrived: { at: number; bits: number }[] = [];
  const queues: { at: number; ms: number }[] = [];
  let [fileBits, spareBits] = [0, 0];
  for (let now = 0; now < seconds * 1000; now += STEP_MS) {
    const bps = line.bps(now / 1000);
    const bits = (rate.bps * STEP_MS) / 1000;
    if (random() < ((line.lossPercent ?? 0) / 100) * (bits / 11_600)) heldUntil = now + 1.5 * line.rttMs;
    answers.push({ at: now + line.rttMs + (1000 * queueBits) / bps, bits });
    queueBits = Math.max(0, queueBits + bits + (VOICE_BPS * STEP_MS) / 1000 - (bps * STEP_MS) / 1000);
    queues.push({ at: now, ms: (1000 * queueBits) / bps });
    const isHeld = now < heldUntil;
    const come = isHeld ? [] : answers.filter(({ at }) => at <= now);
    answers.splice(0, come.length);
    arrived.push(...come.map((answer) => ({ at: now, bits: answer.bits })));
    if (now > 20_000) fileBits += come.reduce((sum, answer) => sum + answer.bits, 0);
    if (now > 20_000) spareBits += ((bps - VOICE_BPS) * STEP_MS) / 1000;
    if (now - reportedAt >= REPORT_MS) {
      reportedAt = now;
      arrived = arrived.filter(({ at }) => at > now - WINDOW_MS);
      const arrivedBps = (1000 * arrived.reduce((sum, answer) => sum + answer.bits, 0)) / WINDOW_MS;
      // What is known now was so a round trip ago.
      const seen = queues.findLast(({ at }) => at <= now - line.rttMs);
      rate = nextFileRate(rate, now, { queueMs: seen?.ms ?? 0, jitterMs: 8, arrivedBps });
    }
  }
  const late = queues.filter(({ at }) => at > 20_000);
  return {
    share: fileBits / spareBits,
    longQueue: late.filter(({ ms }) => ms > 300).length / late.length,
    queues,
    rate,
  };
}

const CASES: readonly (readonly [string, Line, number])[] = [
  ['a satellite', { bps: () => 128_000, rttMs: 600 }, 60_000],
  ['a satellite that loses one packet in two hundred', { bps: () => 128_000, rttMs: 600, lossPercent: 0.5 }, 30_000],
  ['a thin cell', { bps: () => 64_000, rttMs: 300, lossPercent: 3 }, 20_000],
  ['a long copper line', { bps: () => 256_000, rttMs: 60, lossPercent: 0.2 }, 100_000],
  ['a line of which far too much was thought', { bps: () => 128_000, rttMs: 600 }, 400_000],
];

it.each(CASES)('fills %s without a queue that a voice would mind', (_name, line, spareBps) => {
  const { share, longQueue } = play(line, spareBps);
  expect(share).toBeGreaterThan(0.85);
  expect(share).toBeLessThan(1.02);
  expect(longQueue).toBeLessThan(0.02);
});

it('gives way within seconds to a line that falls to a half, and takes it up again', () => {
  const { queues, share } = play({ bps: (at) => (at < 40 || at > 80 ? 128_000 : 64_000), rttMs: 600 }, 60_000);
  expect(Math.max(...queues.filter(({ at }) => at > 48_000 && at < 80_000).map(({ ms }) => ms))).toBeLessThan(300);
  expect(share).toBeGreaterThan(0.8);
});

it('nearly stops behind a queue that a voice would drown in, and never quite', () => {
  const busy = { ...startFile(0, 100_000), at: 0 };
  const full = nextFileRate(busy, 500, { queueMs: 900, jitterMs: 5, arrivedBps: 60_000 });
  expect(full.bps).toBeLessThan(0.35 * busy.bps);
  const gone = nextFileRate(startFile(0, 12_000), 500, { queueMs: 3000, jitterMs: 5, arrivedBps: 0 });
  expect(gone.bps).toBe(12_000);
});

it('takes nothing for proven that was not used', () => {
  let rate = startFile(0, 50_000);
  for (let now = 500; now < 20_000; now += 500) {
    rate = nextFileRate(rate, now, { queueMs: 0, jitterMs: 5, arrivedBps: 10_000 });
  }
  expect(rate.lineBps).toBe(50_000);
});
