import { setTimeout as sleep } from 'node:timers/promises';
import { firstPicture, firstVoice } from '../../lab/call-meter.ts';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import type { BenchContext, Control, Samples } from '../bench.ts';
import { type BothArrivals, bothHear, ms, percent, watchArrivals } from './in-consult.ts';

const START_LIMIT_MS = 60_000;
const SETTLE_MS = 8000;
/** A call that is not back so long after whatever was away has not recovered, and counts as this. */
const LIMIT_MS = 45_000;
/** One way over the longest link, its queue and what waits to be shown. */
export const LEFTOVER_MS = 1000;
/** The planted fault is something that does not come back; nobody waits long for that. */
const CONTROL_LIMIT_MS = 5000;

/** Answers, and waits until both hear and see each other and the call has found its rate. */
export async function beginCall(consult: ConsultLab, { progress }: BenchContext): Promise<void> {
  progress('answering', 0.3);
  const from = Date.now();
  await consult.answer();
  const arrivals = await watchArrivals(consult, START_LIMIT_MS, (seen) => isBack(seen, from));
  if (!isBack(arrivals, from)) throw new Error('There was no call to break: sound or picture did not come both ways.');
  await sleep(SETTLE_MS);
}

/**
 * How long from `backAt` (ms of the Unix clock) until both hear and see each other again, with nobody pressing anything. Where the
 * break and the return are one moment, a picture that was in the air or waited to be shown is no return: none counts for `leftoverMs`.
 */
export async function measureReturn(consult: ConsultLab, backAt: number, leftoverMs = 0): Promise<Samples> {
  const from = backAt + leftoverMs;
  const arrivals = await watchArrivals(consult, LIMIT_MS, (seen) => isBack(seen, from));
  const { station, specialist } = arrivals;
  const since = (at: number | undefined): number => (at === undefined ? LIMIT_MS : at - backAt);
  const [stationAudio, specialistAudio] = [
    since(firstVoice(station.audio, backAt)),
    since(firstVoice(specialist.audio, backAt)),
  ];
  const [stationPicture, specialistPicture] = [
    since(firstPicture(station.video, from)),
    since(firstPicture(specialist.video, from)),
  ];
  return {
    recovered: percent(isBack(arrivals, from) ? 100 : 0),
    audio: ms(Math.max(stationAudio, specialistAudio)),
    picture: ms(Math.max(stationPicture, specialistPicture)),
    stationAudio: ms(stationAudio),
    specialistAudio: ms(specialistAudio),
    stationPicture: ms(stationPicture),
    specialistPicture: ms(specialistPicture),
  };
}

/** What a bench is worth: something stays away, and it has to notice. */
export async function measureAbsence(consult: ConsultLab, planted: string): Promise<Control> {
  // What was in the air arrives.
  await sleep(2000);
  const from = Date.now();
  const arrivals = await watchArrivals(consult, CONTROL_LIMIT_MS, (seen) => isBack(seen, from));
  return { planted, caught: !isBack(arrivals, from) };
}

function isBack(arrivals: BothArrivals, from: number): boolean {
  const { station, specialist } = arrivals;
  return (
    bothHear(arrivals, from) &&
    firstPicture(station.video, from) !== undefined &&
    firstPicture(specialist.video, from) !== undefined
  );
}
