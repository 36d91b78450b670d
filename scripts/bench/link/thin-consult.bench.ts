import { setTimeout as sleep } from 'node:timers/promises';
import { type Quality, readCounters, toQuality } from '../../lab/call-meter.ts';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import type { LinkStats } from '../../lab/link.ts';
import { getProfile } from '../../lab/profiles.ts';
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

/** A call that is not there by then is measured as it is: silent. */
const START_LIMIT_MS = 30_000;
/** From the first voice both ways until counting begins: the start of a call is another bench's. */
const SETTLE_MS = 8000;
const USUAL_SECONDS = 40;
const FULL_SECONDS = 90;

/** The planted fault: so much of a shorter call is cut. */
const CONTROL_SECONDS = 20;
const CONTROL_CUT_SECONDS = 5;

interface Measured {
  readonly station: Quality;
  readonly specialist: Quality;
  readonly link: LinkStats;
  /** kbit/s that left the specialist's computer. */
  readonly specialistSends: number;
}

/** What two people see and hear of each other in a call over a thin link, once it runs. */
export const thinConsultBench: Bench = {
  name: 'thin-consult',
  summary: 'a call over a thin link: pictures, freezes, sound made up, delay, bytes',
  profiles: ['vsat', 'kazsat-rain', '3g-edge', 'adsl', 'lossy-lte-10', 'lossy-lte-20', 'starlink', 'good'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 7 },
  secondsPerRun: (isFull) => (isFull ? FULL_SECONDS : USUAL_SECONDS) + 35,
  aims: [
    ...bothSides('Fps', 'pictures a second', { atLeast: 10 }, ['vsat']),
    ...bothSides('Fps', 'pictures a second', { atLeast: 5 }, ['3g-edge']),
    ...bothSides('Fps', 'pictures a second', { atLeast: 1 }, ['kazsat-rain']),
    ...bothSides('Frozen', 'frozen s/min', { atMost: 0.5 }, ['vsat']),
    ...bothSides('Concealed', '% concealed', { atMost: 2 }, ['3g-edge', 'kazsat-rain']),
    ...bothSides('Concealed', '% concealed', { atMost: 1.5 }, ['lossy-lte-10']),
    ...bothSides('Concealed', '% concealed', { atMost: 4 }, ['lossy-lte-20']),
    ...bothSides('JitterBuffer', 'jitter buffer R', { atMost: 0.5 }, ['3g-edge'], 'ratio'),
    ...bothSides('Frozen', 'frozen R', { atMost: 0.2 }, ['vsat'], 'ratio'),
    ...bothSides('Concealed', 'concealed R', { atMost: 0.2 }, ['lossy-lte-10', 'lossy-lte-20'], 'ratio'),
    { name: 'queue added', of: 'metrics', metric: 'queueMs', atMost: 100, profiles: ['vsat'] },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

function bothSides(
  metric: string,
  words: string,
  bound: { atLeast: number } | { atMost: number },
  profiles: readonly string[],
  of: 'metrics' | 'ratio' = 'metrics',
): Bench['aims'] {
  return ['station', 'specialist'].map((side) => ({
    name: `${side} ${words}`,
    of,
    metric: `${side}${metric}`,
    ...bound,
    profiles,
  }));
}

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  const seconds = context.isFull ? FULL_SECONDS : USUAL_SECONDS;
  await begin(consult, context);
  const measured = await measure(consult, seconds, context);
  return toSamples(measured, context.profile, seconds);
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await begin(consult, context);
  await consult.station.link.set({ down: { cut: CONTROL_CUT_SECONDS * 1000 } });
  const { station, link } = await measure(consult, CONTROL_SECONDS, context);
  const lost = (100 * CONTROL_CUT_SECONDS) / CONTROL_SECONDS;
  return {
    planted: `nothing came down for ${CONTROL_CUT_SECONDS} of ${CONTROL_SECONDS} s`,
    caught: station.concealed > lost / 2 && station.frozenPerMinute > (0.6 * lost) / 2 && link.down.lost.cut > 0,
  };
}

async function begin(consult: ConsultLab, { progress }: BenchContext): Promise<void> {
  progress('answering', 0.3);
  const from = Date.now();
  await consult.answer();
  await watchArrivals(consult, START_LIMIT_MS, (arrivals) => bothHear(arrivals, from));
  await sleep(SETTLE_MS);
}

async function measure(consult: ConsultLab, seconds: number, { progress }: BenchContext): Promise<Measured> {
  const read = (): Promise<Awaited<ReturnType<typeof readCounters>>[]> =>
    Promise.all(consult.people.map(({ page }) => readCounters(page)));
  progress('in the call', 0.5);
  await consult.station.link.reset();
  const sentBefore = consult.clinic.countDevice().up.bytes;
  const before = await read();
  await sleep(seconds * 1000);
  const after = await read();
  const link = await consult.station.link.readStats();
  const sent = consult.clinic.countDevice().up.bytes - sentBefore;
  progress('ending', 0.95);
  const arrivals = await readBothArrivals(consult);
  const [station, specialist] = [arrivals.station, arrivals.specialist].map((seen, person) => {
    const [from, to] = [before[person], after[person]];
    if (!from || !to) throw new Error('A consult has two people.');
    return toQuality(from, to, seen);
  });
  if (!station || !specialist) throw new Error('A consult has two people.');
  return { station, specialist, link, specialistSends: (sent * 8) / link.ms };
}

function toSamples(
  { station, specialist, link, specialistSends }: Measured,
  profile: string,
  seconds: number,
): Samples {
  const { up, down } = getProfile(profile);
  const kbps = (bytes: number): number => (bytes * 8) / (seconds * 1000);
  const [upKbps, downKbps] = [kbps(link.up.delivered.bytes), kbps(link.down.delivered.bytes)];
  const side = (name: string, quality: Quality): Samples => ({
    [`${name}Fps`]: { value: quality.fps, unit: '1/s' },
    [`${name}Height`]: { value: quality.height, unit: 'px' },
    [`${name}Frozen`]: { value: quality.frozenPerMinute, unit: 's/min' },
    [`${name}Concealed`]: percent(quality.concealed),
    [`${name}JitterBuffer`]: ms(quality.jitterBufferMs),
  });
  return {
    ...side('station', station),
    ...side('specialist', specialist),
    upKbps: { value: upKbps, unit: 'kbit/s' },
    downKbps: { value: downKbps, unit: 'kbit/s' },
    upUsed: percent((100 * upKbps) / up.rate),
    downUsed: percent((100 * downKbps) / down.rate),
    specialistSends: { value: specialistSends, unit: 'kbit/s' },
    // What the queues of both directions add to a round trip.
    queueMs: ms(link.up.queueMs.mean + link.down.queueMs.mean),
    queueP95: ms(link.up.queueMs.p95 + link.down.queueMs.p95),
    queueDrops: { value: link.up.lost.queue + link.down.lost.queue, unit: 'packets' },
    emulatorLate: ms(link.lateMs.p99),
  };
}
