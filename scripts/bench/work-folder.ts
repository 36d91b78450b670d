import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { CannotRun } from './bench.ts';
import { quantile } from './statistics.ts';

const TMPFS = 0x01021994;
const RAMFS = 0x858458f6;

/** Where the product keeps its data by default, so that a bench stands on the same disk. */
const dataFolder = path.join(import.meta.dirname, '..', '..', 'data');

/** Runs `use` in a fresh folder on a real disk and removes the folder, also when interrupted. */
export async function inWorkFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(dataFolder, { recursive: true });
  const { type } = statfsSync(dataFolder);
  if (type === TMPFS || type === RAMFS) throw new CannotRun(`${dataFolder} is in memory, there is no disk to wait for`);
  const folder = mkdtempSync(path.join(dataFolder, 'bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const interrupted = () => {
    remove();
    process.exit(2);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return await use(folder);
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    remove();
  }
}

/** A folder on the same disk that stays from one run to the next, for what takes minutes to make. It can go at any time. */
export function keptFolder(name: string): string {
  return path.join(dataFolder, `bench-${name}`);
}

/**
 * Milliseconds (median of `times`) the disk takes to make one appended page durable: what no honest commit can be much
 * faster than.
 */
export function measureDiskSync(folder: string, times = 40): number {
  const handle = openSync(path.join(folder, 'sync-probe'), 'w');
  try {
    const page = Buffer.alloc(4096, 1);
    const took = Array.from({ length: times }, () => {
      const from = performance.now();
      writeSync(handle, page);
      fdatasyncSync(handle);
      return performance.now() - from;
    });
    return quantile(took, 0.5);
  } finally {
    closeSync(handle);
  }
}
