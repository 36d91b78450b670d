import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SEEDED_DIR, seedDemo } from './seeded.ts';

/** Before the first journey of a run: the demo is seeded once, and every server begins with a copy of it. */
export async function setup(): Promise<(() => void) | undefined> {
  // Two projects of tests have journeys.
  if (process.env[SEEDED_DIR] !== undefined) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-seeded-'));
  await seedDemo({ ...process.env, JAQYN_DATA_DIR: folder });
  process.env[SEEDED_DIR] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
