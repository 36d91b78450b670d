import { existsSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { cacheDir } from '../setup/paths.ts';
import { builtWorkerKey, prebuiltWorkerKey, readWorkerParts, type WorkerParts } from './key.ts';

/** A place in the cache; `bin` may be used only where `verified` exists. */
export interface CacheEntry {
  readonly dir: string;
  readonly bin: string;
  /** Written after a real DTLS handshake went through the worker, never before. */
  readonly verified: string;
}

export function workerCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheDir(env), 'mediasoup-worker');
}

export function builtEntry(parts: WorkerParts): CacheEntry {
  return entryAt(join(workerCacheDir(), builtWorkerKey(parts)));
}

export function prebuiltEntry(parts: WorkerParts): CacheEntry {
  return entryAt(join(workerCacheDir(), prebuiltWorkerKey(parts, Number.parseInt(release(), 10))));
}

function entryAt(dir: string): CacheEntry {
  return { dir, bin: join(dir, 'mediasoup-worker'), verified: join(dir, 'verified.json') };
}

/**
 * Path of the verified mediasoup worker for this machine, `undefined` where set-up has not made one yet
 * (`npm start` and `npm test` do). Only reads the cache. A `MEDIASOUP_WORKER_BIN` that is already set wins.
 */
export function resolveWorkerBin(): string | undefined {
  const given = process.env['MEDIASOUP_WORKER_BIN'];
  if (given) return given;
  const parts = readWorkerParts();
  return [prebuiltEntry(parts), builtEntry(parts)].find((entry) => existsSync(entry.verified) && existsSync(entry.bin))
    ?.bin;
}
