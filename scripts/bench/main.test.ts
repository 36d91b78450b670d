import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { benches } from './registry.ts';

function bench(...args: string[]) {
  const main = path.join(import.meta.dirname, 'main.ts');
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
}

it('lists every bench', () => {
  const { status, stdout } = bench();
  expect(status).toBe(0);
  for (const { name, summary } of benches) expect(stdout).toMatch(new RegExp(`^${name} +${summary}$`, 'm'));
});

it.each([
  [['nothing-of-the-kind'], 'there is no bench nothing-of-the-kind'],
  [['store', 'store'], 'one bench at a time'],
  [['store', '--profile', 'moon'], '--profile moon is not known'],
  [['store', '--baseline', 'moon'], '--baseline moon is not known'],
  [['store', '--runs', '0'], '--runs takes a number from 1'],
  [['store', '--json', '/no/such/folder/x.json'], 'there is no folder for /no/such/folder/x.json'],
  [['store', '--fast'], "Unknown option '--fast'"],
])('says why it cannot run %j, and exits 2', (args, reason) => {
  const { status, stderr } = bench(...args);
  expect(stderr).toContain(`could not run: `);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(2);
});
