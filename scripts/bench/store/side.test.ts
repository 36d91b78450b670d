import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { faults } from './faults.ts';
import { Side, type SideOptions } from './side.ts';

async function suspectAfterLoad(options: SideOptions): Promise<string | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const side = Side.open(path.join(folder, 'side'), options);
  onTestFinished(() => side.close());
  await side.measure(8, 0.3);
  return side.suspect();
}

it.each([[{}], [{ groupUnits: 1 }]])('believes the store as it is: %j', async (options) => {
  expect(await suspectAfterLoad(options)).toBeUndefined();
});

it.each(faults)('does not believe a store with a planted fault: $name', async ({ options }) => {
  expect(await suspectAfterLoad(options)).toBeDefined();
});
