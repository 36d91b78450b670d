import { setTimeout as sleep } from 'node:timers/promises';
import { frozenSeconds } from '../../lab/call-meter.ts';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import type { Link } from '../../lab/link.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import {
  bothHear,
  inBothConsults,
  inConsult,
  ms,
  percent,
  readBothArrivals,
  STOCK,
  watchArrivals,
} from './in-consult.ts';

const WIDE_KBPS = 512;
const THIN_KBPS = 128;
const START_LIMIT_MS = 30_000;
/** Wide until the picture has grown; thin until it has settled; wide again for twice the aim. */
const WIDE_MS = 25_000;
const THIN_MS = 20_000;
const AGAIN_MS = 20_000;
const LOOK_MS = 100;
/** The queue a call can be held over. */
const SHORT_QUEUE_MS = 300;
/** So much of what was sent before the fall is the full rate again. */
const FULL_SHARE = 0.8;

interface Look {
  readonly at: number;
  readonly queueMs: number;
  readonly kbps: number;
}

/** The link to the station falls to a quarter in the middle of a call and comes back. */
export const stepFallBench: Bench = {
  name: 'step-fall',
  summary: `the way to the station falls from ${WIDE_KBPS} to ${THIN_KBPS} kbit/s in the call, and back`,
  profiles: ['vsat', 'adsl'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 7 },
  secondsPerRun: () => 110,
  aims: [
    { name: 'queue short again', of: 'metrics', metric: 'queueShort', atMost: 3000 },
    { name: 'frozen', of: 'metrics', metric: 'frozen', atMost: 1 },
    { name: 'full rate again', of: 'metrics', metric: 'fullAgain', atMost: 10_000 },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  const { link } = consult.station;
  await begin(consult, context);
  const before = await watch(link, WIDE_MS);
  const usual = middle(before.slice(-50).map(({ kbps }) => kbps));

  context.progress('fallen', 0.6);
  const fellAt = Date.now();
  await link.set({ down: { rate: THIN_KBPS } });
  const thin = await watch(link, THIN_MS);
  context.progress('back', 0.8);
  const backAt = Date.now();
  await link.set({ down: { rate: WIDE_KBPS } });
  const again = await watch(link, AGAIN_MS);

  const { station } = await readBothArrivals(consult);
  const settled = thin.filter(({ at }) => at > fellAt + THIN_MS / 2);
  return {
    queueShort: ms(shortFrom(thin, fellAt)),
    // A whole picture, or an answer of the server's, is a queue by itself.
    queueLater: ms(Math.max(...settled.map(({ queueMs }) => queueMs))),
    queueMost: ms(Math.max(...thin.map(({ queueMs }) => queueMs))),
    frozen: { value: frozenSeconds(station.video, fellAt, fellAt + THIN_MS), unit: 's' },
    usedThin: percent((100 * mean(settled.map(({ kbps }) => kbps))) / THIN_KBPS),
    fullAgain: ms(fullFrom(again, backAt, FULL_SHARE * usual)),
    usual: { value: usual, unit: 'kbit/s' },
  };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  const { link } = consult.station;
  await begin(consult, context);
  await watch(link, 5000);
  const fellAt = Date.now();
  // Less than the voice alone needs: no sender can keep this queue short.
  await link.set({ down: { rate: 8 } });
  const thin = await watch(link, 8000);
  return { planted: 'the link fell to 8 kbit/s', caught: shortFrom(thin, fellAt) >= 8000 - 2 * LOOK_MS };
}

async function begin(consult: ConsultLab, { progress }: BenchContext): Promise<void> {
  progress('answering', 0.2);
  await consult.station.link.set({ down: { rate: WIDE_KBPS } });
  const from = Date.now();
  await consult.answer();
  await watchArrivals(consult, START_LIMIT_MS, (arrivals) => bothHear(arrivals, from));
}

/** Looks at the way down ten times a second. */
async function watch(link: Link, forMs: number): Promise<Look[]> {
  const looks: Look[] = [];
  const until = Date.now() + forMs;
  await link.reset();
  while (Date.now() < until) {
    await sleep(LOOK_MS);
    const { ms: passed, down } = await link.readStats();
    await link.reset();
    // What passed waited; where nothing passed, what waits says more.
    const queueMs = down.delivered.packets > 0 ? down.queueMs.mean : (down.queuedBytes * 8) / THIN_KBPS;
    looks.push({ at: Date.now(), queueMs, kbps: (down.delivered.bytes * 8) / passed });
  }
  return looks;
}

/** ms from `from` until the queue was full and then short for a whole second; all of the time when it never was. */
function shortFrom(looks: readonly Look[], from: number): number {
  const grown = looks.findIndex(({ queueMs }) => queueMs > SHORT_QUEUE_MS);
  if (grown < 0) return 0;
  const index = looks.findIndex((_, start) => {
    const second = looks.slice(start, start + 10);
    return start > grown && second.length === 10 && second.every(({ queueMs }) => queueMs <= SHORT_QUEUE_MS);
  });
  return (looks[index]?.at ?? from + THIN_MS) - from;
}

/** ms from `from` until so much passes over a second; twice the aim when it never does. */
function fullFrom(looks: readonly Look[], from: number, kbps: number): number {
  const index = looks.findIndex((_, start) => {
    const second = looks.slice(start, start + 10);
    return second.length === 10 && mean(second.map((look) => look.kbps)) >= kbps;
  });
  return index < 0 ? AGAIN_MS : (looks[index]?.at ?? from) - from;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
