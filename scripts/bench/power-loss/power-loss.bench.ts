import path from 'node:path';
import { compileRecorder, recordWriter } from '../../lab/power-loss/record.ts';
import { createRandom, Disk, fates, type Operation } from '../../lab/power-loss/replay.ts';
import { type Bench, type BenchContext, CannotRun, type Control, type RunResult, type Samples } from '../bench.ts';
import { faults } from '../store/faults.ts';
import { inWorkFolder } from '../work-folder.ts';
import { inspectImage } from './inspect-image.ts';

/**
 * Cuts the power at hundreds of moments. A real store writes under load while everything it does to its files is
 * recorded; from the record are made the disks a power cut could have left (unsynced writes dropped, kept in part, out of
 * order, torn); each is opened and searched for every message that had been acknowledged by then.
 *
 * A killed process would show nothing of this, since the kernel keeps what it wrote.
 */
export const powerLossBench: Bench = {
  name: 'power-loss',
  summary: 'acknowledged writes lost in disks a power cut could have left',
  profiles: ['chat-message'],
  baselines: ['synchronous-normal'],
  runs: { usual: 1, full: 3 },
  secondsPerRun: (isFull) => (isFull ? 60 : 25),
  aims: [
    { name: 'images with a lost acknowledged write', of: 'metrics', metric: 'imagesWithLoss', atMost: 0 },
    { name: 'damaged images', of: 'metrics', metric: 'imagesDamaged', atMost: 0 },
  ],
  run: (context) => inWorkFolder((folder) => runOnce(folder, context)),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

const NORMAL = 'synchronous=NORMAL';

async function runOnce(folder: string, context: BenchContext): Promise<RunResult> {
  const images = context.isFull ? 800 : 400;
  const metrics = await cutPowerOften(folder, 'none', images, (step, done) => context.progress(step, done / 2));
  const baseline = await cutPowerOften(folder, NORMAL, images, (step, done) => context.progress(step, (1 + done) / 2));
  return { metrics, baseline };
}

/** Each fault must lose something, or this bench could not have seen a loss. */
async function runControl(folder: string, context: BenchContext): Promise<Control> {
  const caught: boolean[] = [];
  for (const [index, { name }] of faults.entries()) {
    const found = await cutPowerOften(folder, name, 60, (step, done) =>
      context.progress(step, (index + done) / faults.length),
    );
    caught.push((found['imagesWithLoss']?.value ?? 0) > 0);
  }
  return { planted: faults.map(({ name }) => name).join('; '), caught: caught.every((yes) => yes) };
}

async function cutPowerOften(
  folder: string,
  fault: string,
  images: number,
  progress: (step: string, done: number) => void,
): Promise<Samples> {
  const name = fault === 'none' ? 'the store' : `a store with ${fault}`;
  progress(`recording ${name}`, 0);
  const operations = await record(folder, fault);
  const firstAcknowledged = operations.findIndex((operation) => operation.kind === 'acknowledge');
  const random = createRandom(1);
  const moments = Array.from({ length: images }, () =>
    Math.floor(firstAcknowledged + random() * (operations.length - firstAcknowledged)),
  ).sort((a, b) => a - b);

  const disk = new Disk();
  const acknowledged: string[] = [];
  const found = { withLoss: 0, damaged: 0, mostLost: 0 };
  let at = 0;
  for (const [index, moment] of moments.entries()) {
    for (; at <= moment; at++) {
      const operation = operations[at];
      if (operation?.kind === 'acknowledge') acknowledged.push(...operation.ids);
      else if (operation !== undefined) disk.apply(operation);
    }
    const image = disk.cutPower(fates[index % fates.length] ?? 'dropped', random);
    const { lost, damage } = inspectImage(path.join(folder, 'image.db'), image, acknowledged);
    if (lost > 0) found.withLoss += 1;
    if (damage !== undefined) found.damaged += 1;
    found.mostLost = Math.max(found.mostLost, lost);
    if (index % 50 === 0) progress(`cutting the power of ${name}`, (index + 1) / images);
  }
  const count = (value: number) => ({ value, unit: 'images' });
  return {
    images: count(images),
    imagesWithLoss: count(found.withLoss),
    imagesDamaged: count(found.damaged),
    mostLost: { value: found.mostLost, unit: 'writes' },
    acknowledged: { value: acknowledged.length, unit: 'writes' },
    syncs: { value: operations.filter(({ kind }) => kind === 'sync').length, unit: 'syncs' },
  };
}

const MESSAGES = 2500;

async function record(folder: string, fault: string): Promise<Operation[]> {
  const where = path.join(folder, `recorded-${Math.random().toString(36).slice(2)}`);
  let recorder: string;
  try {
    recorder = compileRecorder(folder);
  } catch (error) {
    throw new CannotRun((error as Error).message);
  }
  const operations = await recordWriter({
    recorder,
    database: path.join(where, 'bench.db'),
    script: path.join(import.meta.dirname, 'writer.ts'),
    args: [where, fault, String(MESSAGES)],
  });
  const noted = operations.reduce(
    (sum, operation) => sum + (operation.kind === 'acknowledge' ? operation.ids.length : 0),
    0,
  );
  if (noted !== MESSAGES)
    throw new CannotRun(`the record has ${noted} acknowledgements of ${MESSAGES}: preloading does not work here`);
  return operations;
}
