import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jaqyn-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const ignore = (): void => {};

test('the second waits until the first is done, and is told', async () => {
  const path = join(dir, 'lock');
  const order: string[] = [];
  const told = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const first = withLock(path, ignore, async () => {
    held.resolve();
    await told.promise;
    order.push('first');
  });
  await held.promise;
  const second = withLock(path, told.resolve, async () => {
    order.push('second');
  });
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('work that fails gives the lock back', async () => {
  const path = join(dir, 'lock');
  await expect(withLock(path, ignore, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(withLock(path, ignore, async () => 'mine')).resolves.toBe('mine');
});

test('a process that is killed while it holds the lock leaves none behind', async () => {
  const path = join(dir, 'lock');
  const script = `import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    await withLock(${JSON.stringify(path)}, () => {}, () => new Promise(() => { console.log('held'); setInterval(() => {}, 1e6); }));`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(owner.stdout, 'data');
  owner.kill('SIGKILL');
  await expect(withLock(path, ignore, async () => 'mine')).resolves.toBe('mine');
});
