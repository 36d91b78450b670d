import path from 'node:path';
import type { Bench, BenchContext, Control, RunResult, Samples } from '../bench.ts';
import { inWorkFolder } from '../work-folder.ts';
import { type ContendedResult, NO_CONSTRAINT, runContended } from './contended-run.ts';

const ATTEMPTS = 100_000;
const CLIENTS = 200;
/** The planted fault needs no crowd to show itself. */
const CONTROL_ATTEMPTS = 1000;

/**
 * Two hundred clients over real HTTP at two servers on one database, all after the same few people and slots: what they were told is
 * checked as one history, and the end is counted once more from the appointments.
 */
export const contendedBookingBench: Bench = {
  name: 'contended-booking',
  summary: 'two servers, one database, 200 clients after the same slots: overlaps, lost answers',
  profiles: ['two-servers'],
  baselines: [],
  runs: { usual: 1, full: 3 },
  faults: [NO_CONSTRAINT],
  takesAttempts: true,
  plain: {
    attempts: 'median',
    won: 'median',
    slotOverlaps: 'max',
    specialistOverlaps: 'max',
    patientOverlaps: 'max',
    stationOverlaps: 'max',
    lostAcks: 'max',
    inexplicable: 'max',
    p50: 'median',
    p99: 'median',
    perSecond: 'median',
  },
  secondsPerRun: () => 600,
  aims: [
    { name: 'slots with two', of: 'largest', metric: 'slotOverlaps', atMost: 0 },
    { name: 'specialists in two places', of: 'largest', metric: 'specialistOverlaps', atMost: 0 },
    { name: 'patients in two places', of: 'largest', metric: 'patientOverlaps', atMost: 0 },
    { name: 'more at a station than it has cameras', of: 'largest', metric: 'stationOverlaps', atMost: 0 },
    { name: 'lost acknowledgements', of: 'largest', metric: 'lostAcks', atMost: 0 },
    { name: 'answers no order explains', of: 'largest', metric: 'inexplicable', atMost: 0 },
  ],
  run: (context) => inWorkFolder((folder) => runOnce(folder, context)),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

async function runOnce(folder: string, context: BenchContext): Promise<RunResult> {
  const result = await runContended({
    folder: path.join(folder, 'data'),
    attempts: context.attempts ?? ATTEMPTS,
    clients: CLIENTS,
    seed: context.run,
    fault: context.fault === NO_CONSTRAINT ? NO_CONSTRAINT : undefined,
    onProgress: (step, done) => context.progress(step, done),
  });
  for (const fault of result.faults) context.progress(fault, 1);
  return { metrics: toSamples(result) };
}

function toSamples(result: ContendedResult): Samples {
  const count = (value: number) => ({ value, unit: '' });
  return {
    attempts: count(result.attempts),
    won: count(result.won),
    refused: count(result.refused),
    unknown: count(result.unknown),
    cut: count(result.cut),
    busy: count(result.busy),
    looks: count(result.looks),
    slotOverlaps: count(result.slotOverlaps),
    specialistOverlaps: count(result.specialistOverlaps),
    patientOverlaps: count(result.patientOverlaps),
    stationOverlaps: count(result.stationOverlaps),
    lostAcks: count(result.lostAcks),
    inexplicable: count(result.faultCount),
    p50: { value: result.p50, unit: 'ms' },
    p99: { value: result.p99, unit: 'ms' },
    perSecond: { value: result.perSecond, unit: '1/s' },
    wonPerSecond: { value: result.wonPerSecond, unit: '1/s' },
  };
}

/** Where nobody is refused there must be overlaps, or the bench could not have seen one. */
async function runControl(folder: string, context: BenchContext): Promise<Control> {
  const result = await runContended({
    folder: path.join(folder, 'data'),
    attempts: Math.min(CONTROL_ATTEMPTS, context.attempts ?? CONTROL_ATTEMPTS),
    clients: CLIENTS,
    seed: context.run,
    fault: NO_CONSTRAINT,
    onProgress: (step, done) => context.progress(step, done),
  });
  const { slotOverlaps, specialistOverlaps, patientOverlaps, stationOverlaps } = result;
  const overlaps = slotOverlaps + specialistOverlaps + patientOverlaps + stationOverlaps;
  context.progress(`${overlaps} overlaps without the constraints`, 1);
  return { planted: 'a database that refuses no claim and keeps none', caught: overlaps > 0 };
}
