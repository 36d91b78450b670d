import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaProfileName } from '../../../shared/src/media/media-profile.ts';
import { type Arrivals, firstVoice, readArrivals } from '../../lab/call-meter.ts';
import { ConsultLab } from '../../lab/consult-lab.ts';
import { getProfile } from '../../lab/profiles.ts';
import { SetupError } from '../../setup/setup-error.ts';
import { formatFailure } from '../../setup/step.ts';
import { type BenchContext, CannotRun, type RunResult, type Sample, type Samples } from '../bench.ts';

const LOOK_MS = 200;

/** What the product's settings can be set against: those of a mediasoup application that takes the defaults. */
export const STOCK = 'stock';

/**
 * Runs `use` with a specialist's computer ringing and the station's link as the bench's profile says; the run's number is the seed
 * of its weather. Throws CannotRun where this machine cannot have a lab.
 */
export async function inConsult<T>(
  context: BenchContext,
  use: (consult: ConsultLab) => Promise<T>,
  settings: MediaProfileName = 'fitted',
): Promise<T> {
  const consult = await openConsult(context, settings);
  try {
    await consult.ring();
    await consult.beginWeather();
    return await use(consult);
  } finally {
    await consult.close();
  }
}

/**
 * One run of the product and, where a baseline is asked for, one of `stock` with the same server, link and seed. Which goes first
 * changes from run to run, so that a machine that slows down weighs on both alike.
 */
export async function inBothConsults(
  context: BenchContext,
  runOnce: (consult: ConsultLab, context: BenchContext) => Promise<Samples>,
): Promise<RunResult> {
  const run = (settings: MediaProfileName): Promise<Samples> => {
    const half = context.baseline === STOCK ? 0.5 : 1;
    const isSecond = half < 1 && (settings === STOCK) === (context.run % 2 === 1);
    const progress = (step: string, done: number): void =>
      context.progress(`${settings}: ${step}`, done * half + (isSecond ? half : 0));
    return inConsult(context, (consult) => runOnce(consult, { ...context, progress }), settings);
  };
  if (context.baseline !== STOCK) return { metrics: await run('fitted') };
  if (context.run % 2 === 1) {
    const metrics = await run('fitted');
    return { metrics, baseline: await run(STOCK) };
  }
  const baseline = await run(STOCK);
  return { metrics: await run('fitted'), baseline };
}

async function openConsult(context: BenchContext, settings: MediaProfileName): Promise<ConsultLab> {
  try {
    return await ConsultLab.create({
      profile: getProfile(context.profile),
      seed: context.run,
      env: { JAQYN_MEDIA_PROFILE: settings },
    });
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
