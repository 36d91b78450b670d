import path from 'node:path';
import type { GroupTransaction } from '../../../server/src/db/writer-queue.ts';
import { type Bench, type BenchContext, CannotRun, type Control, type RunResult, type Sample } from '../bench.ts';
import { inWorkFolder, measureDiskSync } from '../work-folder.ts';
import { faults } from './faults.ts';
import { Side } from './side.ts';

const WRITERS = [1, 8, 64];

/**
 * What a commit takes on a disk of the kind a district hospital has, milliseconds: the median on the machine the store
 * was designed on. Virtual disks that answer from memory are twenty times faster, and on those one fsync each costs
 * nearly nothing; so each run measures both, this disk as it is and this disk with every commit held to this length.
 */
const SLOW_SYNC_MS = 3.5;
const SLOW = '.slowDisk';

/**
 * Durable transactions a second and their latency with 1, 8 and 64 callers at once: the store as the server runs it
 * (group commit) against the same store with one fsync for each transaction, in turns within each run.
 */
export const storeBench: Bench = {
  name: 'store',
  summary: 'durable transactions per second: group commit against one fsync each',
  profiles: ['chat-message'],
  baselines: ['one-fsync-each'],
  runs: { usual: 3, full: 7 },
  secondsPerRun: (isFull) => slicesPerRun * sliceSeconds(isFull) + 2,
  aims: [
    { name: 'durable writes a second, 64 writers', of: 'metrics', metric: 'writes.64', atLeast: 2000 },
    { name: 'times one fsync each', of: 'ratio', metric: 'writes.64', atLeast: 5 },
    { name: 'the same on a slow disk', of: 'metrics', metric: `writes.64${SLOW}`, atLeast: 2000 },
    { name: 'times one fsync each there', of: 'ratio', metric: `writes.64${SLOW}`, atLeast: 5 },
  ],
  run: (context) => inWorkFolder((folder) => runOnce(folder, context)),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

// Two disks, two stores, each twice.
const slicesPerRun = WRITERS.length * 8;
const sliceSeconds = (isFull: boolean): number => (isFull ? 3 : 1);

async function runOnce(folder: string, context: BenchContext): Promise<RunResult> {
  const metrics: Record<string, Sample> = { diskSync: { value: measureDiskSync(folder), unit: 'ms' } };
  const baseline: Record<string, Sample> = {};
  let done = 0;
  for (const [suffix, disk] of [
    ['', {}],
    [SLOW, { alter: slowDown }],
  ] as const) {
    const grouped = Side.open(path.join(folder, `grouped${suffix}`), disk);
    const single = Side.open(path.join(folder, `single${suffix}`), { ...disk, groupUnits: 1 });
    try {
      for (const writers of WRITERS) {
        // Each side twice, in mirrored order, so that a slow moment of the machine does not favour one.
        for (const side of [grouped, single, single, grouped]) {
          const name = side === grouped ? 'in groups' : 'one fsync each';
          const where = suffix === '' ? '' : ', slow disk';
          context.progress(`${writers} writers, ${name}${where}`, done++ / slicesPerRun);
          await side.measure(writers, sliceSeconds(context.isFull));
        }
        Object.assign(metrics, grouped.report(writers, suffix));
        Object.assign(baseline, single.report(writers, suffix));
      }
      const suspicion = grouped.suspect() ?? single.suspect();
      if (suspicion !== undefined) throw new CannotRun(`these writes are not durable: ${suspicion}`);
    } finally {
      await Promise.all([grouped.close(), single.close()]);
    }
  }
  return { metrics, baseline };
}

/** Holds every commit to the length it has on a slow disk, blocking as a sync blocks and using no processor. */
function slowDown(real: GroupTransaction): GroupTransaction {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  return {
    ...real,
    commit() {
      const until = performance.now() + SLOW_SYNC_MS;
      real.commit();
      const left = until - performance.now();
      if (left > 0) Atomics.wait(clock, 0, 0, left);
    },
    get isOpen() {
      return real.isOpen;
    },
  };
}

async function runControl(folder: string, context: BenchContext): Promise<Control> {
  const caught: boolean[] = [];
  for (const [index, { name, options }] of faults.entries()) {
    context.progress(`planted: ${name}`, index / faults.length);
    const side = Side.open(path.join(folder, String(index)), options);
    try {
      await side.measure(8, 1);
      const suspicion = side.suspect();
      context.progress(suspicion ?? 'nothing was noticed', (index + 1) / faults.length);
      caught.push(suspicion !== undefined);
    } finally {
      await side.close();
    }
  }
  return { planted: faults.map(({ name }) => name).join('; '), caught: caught.every((yes) => yes) };
}
