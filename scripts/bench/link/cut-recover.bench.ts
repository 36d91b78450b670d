import { setTimeout as sleep } from 'node:timers/promises';
import { firstPicture, firstVoice } from '../../lab/call-meter.ts';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import { getProfile } from '../../lab/profiles.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import {
  type BothArrivals,
  bothHear,
  inBothConsults,
  inConsult,
  ms,
  percent,
  STOCK,
  watchArrivals,
} from './in-consult.ts';

const START_LIMIT_MS = 60_000;
const SETTLE_MS = 8000;
/** A call that is not back so long after the link is has not recovered, and counts as this. */
const LIMIT_MS = 45_000;
/** The planted fault is a link that does not come back; nobody waits long for that. */
const CONTROL_LIMIT_MS = 5000;

interface Recovery {
  readonly isBack: boolean;
  readonly stationAudio: number;
  readonly specialistAudio: number;
  readonly stationPicture: number;
  readonly specialistPicture: number;
}

/** A call whose link goes away: how long after its return both hear and see each other again, with nobody pressing anything. */
export const cutRecoverBench: Bench = {
  name: 'cut-recover',
  summary: 'sound and picture after the link was away for 5 to 60 s, without a click',
  profiles: ['cut-5', 'cut-15', 'cut-30', 'cut-60'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 9 },
  secondsPerRun: () => 75,
  aims: [
    { name: 'recovered', of: 'metrics', metric: 'recovered', atLeast: 100 },
    { name: 'hear again', of: 'largest', metric: 'audio', atMost: 1000, profiles: ['cut-5', 'cut-15'] },
    { name: 'see again', of: 'largest', metric: 'picture', atMost: 2000, profiles: ['cut-5', 'cut-15'] },
    { name: 'hear again', of: 'largest', metric: 'audio', atMost: 2000, profiles: ['cut-30', 'cut-60'] },
    { name: 'see again', of: 'largest', metric: 'picture', atMost: 3500, profiles: ['cut-30', 'cut-60'] },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  await begin(consult, context);
  const cutMs = 1000 * (getProfile(context.profile).cutSeconds ?? Number.NaN);
  context.progress(`cut for ${cutMs / 1000} s`, 0.5);
  await consult.station.link.cut(cutMs);
  const backAt = Date.now() + cutMs;
  await sleep(cutMs);
  context.progress('coming back', 0.8);
  const found = toRecovery(await watchArrivals(consult, LIMIT_MS, (arrivals) => isBack(arrivals, backAt)), backAt);
  return {
    recovered: percent(found.isBack ? 100 : 0),
    audio: ms(Math.max(found.stationAudio, found.specialistAudio)),
    picture: ms(Math.max(found.stationPicture, found.specialistPicture)),
    stationAudio: ms(found.stationAudio),
    specialistAudio: ms(found.specialistAudio),
    stationPicture: ms(found.stationPicture),
    specialistPicture: ms(found.specialistPicture),
  };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await begin(consult, context);
  await consult.station.link.cut();
  // What was in the air arrives.
  await sleep(2000);
  const backAt = Date.now();
  const arrivals = await watchArrivals(consult, CONTROL_LIMIT_MS, (arrivals) => isBack(arrivals, backAt));
  return { planted: 'the link never came back', caught: !toRecovery(arrivals, backAt).isBack };
}

async function begin(consult: ConsultLab, { progress }: BenchContext): Promise<void> {
  progress('answering', 0.3);
  const from = Date.now();
  await consult.answer();
  const arrivals = await watchArrivals(consult, START_LIMIT_MS, (arrivals) => isBack(arrivals, from));
  if (!isBack(arrivals, from)) throw new Error('There was no call to cut: sound or picture did not come both ways.');
  await sleep(SETTLE_MS);
}

function isBack(arrivals: BothArrivals, from: number): boolean {
  const { station, specialist } = arrivals;
  return (
    bothHear(arrivals, from) &&
    firstPicture(station.video, from) !== undefined &&
    firstPicture(specialist.video, from) !== undefined
  );
}

function toRecovery(arrivals: BothArrivals, from: number): Recovery {
  const { station, specialist } = arrivals;
  const since = (at: number | undefined): number => (at === undefined ? LIMIT_MS : at - from);
  return {
    isBack: isBack(arrivals, from),
    stationAudio: since(firstVoice(station.audio, from)),
    specialistAudio: since(firstVoice(specialist.audio, from)),
    stationPicture: since(firstPicture(station.video, from)),
    specialistPicture: since(firstPicture(specialist.video, from)),
  };
}
