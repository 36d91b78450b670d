import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { SERVER_NODE_ARGS } from '../../setup/server-node.ts';
import type { Bench, BenchContext, Control, RunResult, Sample } from '../bench.ts';
import { heldInMemory } from '../held-in-memory.ts';
import { quantile } from '../statistics.ts';
import { inWorkFolder } from '../work-folder.ts';
import { COUNTRY, type Scale } from './scale-world.ts';

/** With fewer the 99th of a hundred is the one that was unlucky. */
const TIMES = 400;
/** A part of the country is enough to tell a board that is read by an index from one that is not. */
const CONTROL_SCALE: Scale = { stations: 120, specialists: 300, days: 60 };
// Those of the board alone: without the ones of the earliest slot a search goes through all days for each day of each specialist.
const PLANTED = `
  DROP INDEX appointment_practitioner;
  DROP INDEX slot_claim_resource;`;

/**
 * The schedule of a country on the services as they are: 655 stations, 2,000 specialists, a year of rosters and bookings. Built and
 * measured in processes of their own; the memory is the measured one's.
 */
export const scheduleScaleBench: Bench = {
  name: 'schedule-scale',
  summary: "a country's schedule: board, earliest slot, a changed template, memory",
  profiles: ['country'],
  baselines: [],
  runs: { usual: 1, full: 3 },
  plain: {
    boardWeekP99: 'median',
    earliestP99: 'median',
    templateChangeP99: 'median',
    rss: 'max',
    database: 'max',
    appointments: 'median',
    inMemory: 'median',
  },
  secondsPerRun: () => 300,
  aims: [
    { name: 'board of a week, p99', of: 'metrics', metric: 'boardWeekP99', atMost: 30 },
    { name: 'earliest free, p99', of: 'metrics', metric: 'earliestP99', atMost: 15 },
    { name: 'template of a year changed, p99', of: 'metrics', metric: 'templateChangeP99', atMost: 1000 },
  ],
  run: (context) => inWorkFolder((folder) => runOnce(folder, context, COUNTRY)),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

interface Probed {
  readonly prepareSeconds: number;
  readonly rssMegabytes: number;
  readonly databaseMegabytes: number;
  /** Milliseconds of each call by what it was. */
  readonly took: Readonly<Record<string, readonly number[]>>;
  readonly cpu: Readonly<Record<string, readonly number[]>>;
  readonly bytes: Readonly<Record<string, readonly number[]>>;
}

async function runOnce(folder: string, context: BenchContext, scale: Scale): Promise<RunResult> {
  const file = path.join(folder, 'country.db');
  context.progress('writing a year of the country', 0);
  const built = await node<{ appointments: number; seconds: number }>('scale-build.ts', [
    file,
    String(context.run),
    JSON.stringify(scale),
  ]);
  context.progress(`${built.appointments} appointments written, measuring`, 0.6);
  const { probed, isHeld } = await heldInMemory(file, async (isHeld) => ({
    isHeld,
    probed: await node<Probed>('scale-probe.ts', [file, String(context.run), String(TIMES), 'prepare']),
  }));
  const metrics: Record<string, Sample> = {
    inMemory: { value: Number(isHeld), unit: '' },
    appointments: { value: built.appointments, unit: '' },
    built: { value: built.seconds, unit: 's' },
    dayLoads: { value: probed.prepareSeconds, unit: 's' },
    rss: { value: probed.rssMegabytes, unit: 'MB' },
    database: { value: probed.databaseMegabytes, unit: 'MB' },
  };
  const told = {
    ...probed.took,
    earliest: [...(probed.took['earliestCountry'] ?? []), ...(probed.took['earliestOblast'] ?? [])],
  };
  for (const [name, values] of Object.entries(told)) {
    metrics[`${name}P50`] = { value: quantile(values, 0.5), unit: 'ms' };
    metrics[`${name}P99`] = { value: quantile(values, 0.99), unit: 'ms' };
  }
  for (const [name, values] of Object.entries(probed.cpu)) {
    metrics[`${name}CpuP50`] = { value: quantile(values, 0.5), unit: 'ms' };
    metrics[`${name}CpuP99`] = { value: quantile(values, 0.99), unit: 'ms' };
  }
  for (const [name, values] of Object.entries(probed.bytes)) {
    metrics[`${name}Size`] = {
      value: quantile(values, 0.5),
      unit: name === 'affected' ? 'appointments' : 'characters',
    };
  }
  return { metrics };
}

/** Without its indexes the board of the smaller country must be several times slower than with them. */
async function runControl(folder: string, context: BenchContext): Promise<Control> {
  const file = path.join(folder, 'part.db');
  context.progress('writing a part of the country', 0);
  await node('scale-build.ts', [file, String(context.run), JSON.stringify(CONTROL_SCALE)]);
  const sound = await node<Probed>('scale-probe.ts', [file, String(context.run), '20', 'prepare']);
  const database = new Sqlite(file);
  database.exec(PLANTED);
  database.close();
  context.progress('measuring without indexes', 0.5);
  const broken = await node<Probed>('scale-probe.ts', [file, String(context.run), '10']);
  const board = (probed: Probed) => quantile(probed.cpu['boardWeek'] ?? [], 0.5);
  context.progress(`board of a week: ${board(sound).toFixed(1)} ms with, ${board(broken).toFixed(1)} ms without`, 1);
  return { planted: 'a database without the indexes of the board', caught: board(broken) > 2 * board(sound) };
}

async function node<T>(script: string, args: readonly string[]): Promise<T> {
  const file = path.join(import.meta.dirname, script);
  const { stdout } = await promisify(execFile)(process.execPath, [...SERVER_NODE_ARGS, file, ...args], {
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(stdout) as T;
}
