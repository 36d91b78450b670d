import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../setup/lock.ts';
import { LOGS_DIR } from '../setup/paths.ts';
import { SetupError } from '../setup/setup-error.ts';
import { stamp } from '../setup/stamp.ts';
import type { StepReport } from '../setup/step.ts';
import { requirePackages, WORKER_BUILD_PACKAGES } from '../setup/system-packages.ts';
import { buildWorker } from './build.ts';
import { builtEntry, type CacheEntry, prebuiltEntry, resolveWorkerBin, workerCacheDir } from './cache.ts';
import { readWorkerParts } from './key.ts';
import { fetchPrebuiltWorker } from './prebuilt.ts';
import { verifyWorker } from './verify.ts';

/**
 * Makes sure there is a worker that has held a real call on this machine, and answers how it was come by. In
 * order: one named by the person, one from the cache, mediasoup's own prebuilt one, one built here. After this
 * `MEDIASOUP_WORKER_BIN` is set for everything that is started.
 */
export async function ensureWorker(report: StepReport): Promise<string> {
  const given = process.env['MEDIASOUP_WORKER_BIN'];
  if (given) return ensureGivenWorker(given);
  let did = 'already done';
  if (!resolveWorkerBin()) {
    const lock = join(workerCacheDir(), 'lock');
    did = await withLock(
      lock,
      () => report.note('another set-up is making it, waiting for that one'),
      () => obtainWorker(report),
    );
  }
  const bin = resolveWorkerBin();
  if (!bin) throw new Error('the worker was made, but is not in the cache');
  process.env['MEDIASOUP_WORKER_BIN'] = bin;
  return did;
}

/** Under the lock. */
async function obtainWorker(report: StepReport): Promise<string> {
  if (resolveWorkerBin()) return 'made by another set-up meanwhile';
  // Under the lock it is nobody else's; what an interrupted set-up left there is emptied before use.
  const workDir = join(workerCacheDir(), 'work');
  try {
    const refused = await obtainPrebuilt(workDir, report);
    if (!refused) return 'fetched, verified by a DTLS handshake';
    report.note(`no prebuilt one (${refused}), building it from source`);
    return await obtainBuilt(workDir, report);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

/** Answers in words why there is no prebuilt worker, `undefined` when there is one now. */
async function obtainPrebuilt(workDir: string, report: StepReport): Promise<string | undefined> {
  const parts = readWorkerParts();
  report.progress('asking for the prebuilt one');
  const fetched = await fetchPrebuiltWorker(parts.mediasoupVersion, workDir);
  if ('unavailable' in fetched) return fetched.unavailable;
  try {
    await install(fetched.bin, prebuiltEntry(parts), report);
    return undefined;
  } catch (error) {
    return `it does not work here: ${messageOf(error)}`;
  }
}

async function obtainBuilt(workDir: string, report: StepReport): Promise<string> {
  await requirePackages(WORKER_BUILD_PACKAGES, report);
  // The key names the versions of libraries that may just have been installed.
  const entry = builtEntry(readWorkerParts());
  if (existsSync(entry.verified)) return 'from the cache';
  const bin = await buildWorker(workDir, report);
  try {
    await install(bin, entry, report);
  } catch (error) {
    throw new SetupError(
      `The mediasoup worker was built but does not hold a call: ${messageOf(error)}\n` +
        'It was not installed. This distribution may have libraries the recipe in scripts/worker was not made for.',
      {
        logFile: join(LOGS_DIR, 'mediasoup-worker.log'),
        commands: ['export MEDIASOUP_WORKER_BIN=/path/to/a/working/mediasoup-worker'],
        cause: error,
      },
    );
  }
  return 'built, verified by a DTLS handshake';
}

/** Verifies the worker and moves it into the cache in one rename: there is never half a worker there. */
async function install(bin: string, entry: CacheEntry, report: StepReport): Promise<void> {
  report.progress('verifying by a DTLS handshake');
  const packets = await verifyWorker(bin);
  const ready = join(workerCacheDir(), 'ready');
  rmSync(ready, { recursive: true, force: true });
  mkdirSync(ready, { recursive: true });
  renameSync(bin, join(ready, 'mediasoup-worker'));
  const proof = { verifiedAt: new Date().toISOString(), packets, parts: readWorkerParts() };
  writeFileSync(join(ready, 'verified.json'), `${JSON.stringify(proof, null, 2)}\n`);
  rmSync(entry.dir, { recursive: true, force: true });
  renameSync(ready, entry.dir);
}

/** A worker the person named is believed once it has held a call, until the file changes. */
async function ensureGivenWorker(bin: string): Promise<string> {
  const stats = statSync(bin, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw new SetupError(`MEDIASOUP_WORKER_BIN names ${bin}, which is not there.`, {
      commands: ['unset MEDIASOUP_WORKER_BIN'],
    });
  }
  const { mediasoupVersion } = readWorkerParts();
  const values = [mediasoupVersion, bin, String(stats.mtimeMs), String(stats.size)];
  const verified = stamp('given-worker', { paths: [], values, outputs: [bin] });
  if (verified.isFresh()) return 'MEDIASOUP_WORKER_BIN, already verified';
  try {
    await verifyWorker(bin);
  } catch (error) {
    throw new SetupError(`The worker MEDIASOUP_WORKER_BIN names (${bin}) does not hold a call: ${messageOf(error)}`, {
      commands: ['unset MEDIASOUP_WORKER_BIN'],
      cause: error,
    });
  }
  verified.write();
  return 'MEDIASOUP_WORKER_BIN, verified by a DTLS handshake';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
