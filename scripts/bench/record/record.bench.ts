import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Bench, BenchContext, Control, RunResult, Sample } from '../bench.ts';
import { heldInMemory } from '../held-in-memory.ts';
import { inWorkFolder, keptFolder } from '../work-folder.ts';
import { prepareDatabase, type RecordResult, runRecord } from './record-run.ts';
import { COUNTRY, type RecordScale } from './record-world.ts';

/** A part of the country is enough to tell a list that goes by its index from one that does not. */
const CONTROL_SCALE: RecordScale = { stations: 20, specialists: 100, patients: 20_000, consults: 40_000 };
const PLANTED = `
  DROP INDEX service_request_live_station;
  DROP INDEX service_request_live_practitioner;
  DROP INDEX service_request_live_order;
  DROP INDEX service_request_station;
  DROP INDEX service_request_practitioner;
  DROP INDEX service_request_patient;
  DROP INDEX service_request_worklist;
  DROP INDEX service_request_created;
  DROP INDEX audit_event_entity;`;

/** The clinical record of a country over real HTTP: a million patients, two million consults, their conclusions and their log. */
export const recordBench: Bench = {
  name: 'record',
  summary: 'two million consults over HTTP: search, worklists, timelines, autosave, create, sign',
  profiles: ['country'],
  baselines: [],
  runs: { usual: 1, full: 3 },
  plain: {
    createRequestP50: 'median',
    createRequestP99: 'median',
    searchNameP50: 'median',
    searchNameP99: 'median',
    worklistSpecialistP50: 'median',
    worklistSpecialistP99: 'median',
    autosaveP50: 'median',
    autosaveP99: 'median',
    signP50: 'median',
    signP99: 'median',
    patientTimelineP50: 'median',
    patientTimelineP99: 'median',
    worstReadP99: 'median',
    database: 'max',
    rss: 'max',
    inMemory: 'median',
  },
  secondsPerRun: () => 240,
  aims: [
    { name: 'the slowest kind of reading, p99', of: 'metrics', metric: 'worstReadP99', atMost: 10 },
    { name: 'autosave, p99', of: 'metrics', metric: 'autosaveP99', atMost: 15 },
  ],
  run: (context) => runOnce(context),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

async function runOnce(context: BenchContext): Promise<RunResult> {
  const folder = keptFolder('record');
  const built = await prepareDatabase(folder, COUNTRY, (step) => context.progress(step, 0));
  context.progress('reading the file into memory', 0);
  const { result, isHeld } = await heldInMemory(path.join(folder, 'jaqyn.db'), async (isHeld) => {
    const result = await runRecord({
      folder,
      seed: context.run,
      rounds: context.isFull ? 1000 : 400,
      loadMs: context.isFull ? 10_000 : 4000,
      size: 60,
      isCheckAwaited: true,
      onProgress: (step, done) => context.progress(step, done),
    });
    return { result, isHeld };
  });
  return {
    metrics: {
      ...toMetrics(result),
      inMemory: { value: Number(isHeld), unit: '' },
      consults: { value: COUNTRY.consults, unit: '' },
      patients: { value: COUNTRY.patients, unit: '' },
      built: { value: built.seconds, unit: 's' },
    },
  };
}

function toMetrics(result: RecordResult): Record<string, Sample> {
  const metrics: Record<string, Sample> = {
    worstReadP99: { value: result.worstReadP99, unit: 'ms' },
    allReadsP99: { value: result.allReadsP99, unit: 'ms' },
    database: { value: result.databaseMegabytes, unit: 'MB' },
    rss: { value: result.memoryMegabytes, unit: 'MB' },
    ready: { value: result.readySeconds, unit: 's' },
    busy: { value: result.busy, unit: '' },
  };
  for (const [name, value] of Object.entries(result.p50)) metrics[`${name}P50`] = { value, unit: 'ms' };
  for (const [name, value] of Object.entries(result.p99)) metrics[`${name}P99`] = { value, unit: 'ms' };
  for (const [name, { p50, p99 }] of Object.entries(result.service)) {
    metrics[`${name}HandlerP50`] = { value: p50, unit: 'ms' };
    metrics[`${name}HandlerP99`] = { value: p99, unit: 'ms' };
  }
  for (const [name, value] of Object.entries(result.perSecond)) {
    metrics[`${name}PerSecond`] = { value, unit: '1/s' };
  }
  return metrics;
}

/** Without its indexes the lists of a much smaller country must take several times as long. */
async function runControl(folder: string, context: BenchContext): Promise<Control> {
  await prepareDatabase(folder, CONTROL_SCALE, (step) => context.progress(step, 0));
  const options = { folder, seed: context.run, rounds: 15, loadMs: 1, size: 10 };
  const sound = await runRecord(options);
  const database = new Sqlite(path.join(folder, 'jaqyn.db'));
  database.exec(PLANTED);
  database.close();
  context.progress('measuring without indexes', 0.5);
  const broken = await runRecord(options);
  const list = ({ p50 }: RecordResult) => (p50['patientTimeline'] ?? 0) + (p50['requestTimeline'] ?? 0);
  context.progress(`timelines: ${list(sound).toFixed(1)} ms with, ${list(broken).toFixed(1)} ms without`, 1);
  return { planted: 'a database without the indexes of the record', caught: list(broken) > 2 * list(sound) };
}
