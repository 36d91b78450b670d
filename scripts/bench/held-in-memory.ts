import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const LOCKED_MS = 120_000;

/**
 * Keeps a file's pages in memory while `use` runs, as on a server whose memory is larger than its database: some virtual machines take
 * back what was not read for a minute. Needs Debian's `vmtouch` and the right to lock memory; `use` is told whether it is so.
 */
export async function heldInMemory<T>(file: string, use: (isHeld: boolean) => Promise<T>): Promise<T> {
  const holder = spawn('vmtouch', ['-l', '-q', file], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    holder.once('error', () => resolve());
    holder.once('close', () => resolve());
  });
  try {
    return await use(await isLocked(holder, statSync(file).size));
  } finally {
    holder.kill();
    await ended;
  }
}

async function isLocked(holder: ChildProcess, bytes: number): Promise<boolean> {
  const until = performance.now() + LOCKED_MS;
  while (holder.pid !== undefined && holder.exitCode === null && performance.now() < until) {
    const [, kilobytes = '0'] = /^VmLck:\s+(\d+) kB/m.exec(readFileSync(`/proc/${holder.pid}/status`, 'utf8')) ?? [];
    if (Number(kilobytes) * 1024 >= bytes) return true;
    await delay(200);
  }
  return false;
}
