import { setTimeout as sleep } from 'node:timers/promises';
import { type Arrivals, firstVoice, readArrivals } from '../../lab/call-meter.ts';
import { ConsultLab } from '../../lab/consult-lab.ts';
import { getProfile } from '../../lab/profiles.ts';
import { SetupError } from '../../setup/setup-error.ts';
import { formatFailure } from '../../setup/step.ts';
import { type BenchContext, CannotRun, type Sample } from '../bench.ts';

const LOOK_MS = 200;

/**
 * Runs `use` with a specialist's computer ringing and the station's link as the bench's profile says; the run's number is the seed
 * of its weather. Throws CannotRun where this machine cannot have a lab.
 *
 * The product's settings are what is measured. Where a bench is set against a baseline, both are to be run in here, one after
 * the other with the same seed.
 */
export async function inConsult<T>(context: BenchContext, use: (consult: ConsultLab) => Promise<T>): Promise<T> {
  const consult = await openConsult(context);
  try {
    await consult.ring();
    await consult.beginWeather();
    return await use(consult);
  } finally {
    await consult.close();
  }
}

async function openConsult(context: BenchContext): Promise<ConsultLab> {
  try {
    return await ConsultLab.create({ profile: getProfile(context.profile), seed: context.run });
  } catch (error) {
    if (error instanceof SetupError) throw new CannotRun(formatFailure(error).trim());
    throw error;
  }
}

export interface BothArrivals {
  readonly station: Arrivals;
  readonly specialist: Arrivals;
}

export async function readBothArrivals(consult: ConsultLab): Promise<BothArrivals> {
  const [station, specialist] = await Promise.all(consult.people.map(({ page }) => readArrivals(page)));
  if (!station || !specialist) throw new Error('A consult has two people.');
  return { station, specialist };
}

/** Looks until `isEnough`, or for `limitMs` at most; answers what it saw last. */
export async function watchArrivals(
  consult: ConsultLab,
  limitMs: number,
  isEnough: (arrivals: BothArrivals) => boolean,
): Promise<BothArrivals> {
  const until = Date.now() + limitMs;
  while (true) {
    const arrivals = await readBothArrivals(consult);
    if (isEnough(arrivals) || Date.now() > until) return arrivals;
    await sleep(LOOK_MS);
  }
}

/** Both hear each other from `from` on. */
export function bothHear({ station, specialist }: BothArrivals, from: number): boolean {
  return firstVoice(station.audio, from) !== undefined && firstVoice(specialist.audio, from) !== undefined;
}

export const ms = (value: number): Sample => ({ value, unit: 'ms' });
export const percent = (value: number): Sample => ({ value, unit: '%' });
