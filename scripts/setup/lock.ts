import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** A free lock is had at once; whoever waits longer is told so. */
const WAIT_NOTICE_MS = 500;

/**
 * Runs `work` while holding the lock file `path`, so that two set-ups never do the same at once. The kernel keeps
 * the lock for a small child process that ends with this one, however this one ends: there are no stale locks.
 */
export async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const holder = spawn('flock', [path, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  const notice = setTimeout(onWait, WAIT_NOTICE_MS);
  try {
    await Promise.race([
      once(holder.stdout, 'data'),
      ended.then(([code]) => {
        throw new Error(`flock could not lock ${path} (exit code ${code})`);
      }),
    ]);
  } finally {
    clearTimeout(notice);
  }
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
