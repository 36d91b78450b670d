import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type OpenOptions, openDatabase } from '../src/db/open-database.ts';
import type { Store } from '../src/db/store.ts';

/** A store that tells where its file is, for tests that look at it from outside. */
export type TestStore = Store & { readonly path: string };

let template: Promise<Buffer> | undefined;

/** A folder of the test's own, gone after it. In memory where the system has such a place: no test waits for a disk. */
export function createTestFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * A store on a migrated database of the test's own, closed and gone after it. The real store on a real file; migrated
 * once per test file and copied from then on.
 */
export async function createTestStore(options: Omit<OpenOptions, 'path'> = {}): Promise<TestStore> {
  template ??= createTemplate();
  const file = path.join(createTestFolder(), 'test.db');
  writeFileSync(file, await template);
  const store = await openDatabase({ ...options, path: file });
  onTestFinished(() => store.close());
  return Object.assign(store, { path: file });
}

/** The migrated file as bytes. Its folder goes at once: a test worker is ended without a chance to tidy up. */
async function createTemplate(): Promise<Buffer> {
  const folder = makeFolder();
  try {
    const file = path.join(folder, 'template.db');
    const store = await openDatabase({ path: file });
    // Closing moves the log into the file, so one file is all there is to copy.
    await store.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(): string {
  return mkdtempSync(path.join(hasRoomInMemory() ? IN_MEMORY : tmpdir(), 'jaqyn-test-'));
}

const IN_MEMORY = '/dev/shm';

/** Containers often have 64 MB there, too little for all test files at once. */
function hasRoomInMemory(): boolean {
  if (!existsSync(IN_MEMORY)) return false;
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize > 512 * 1024 * 1024;
}
