import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { SqliteStoreOptions } from '../src/db/sqlite-store.ts';
import { openNoteStore } from './note-store.ts';
import { createTestFolder } from './template-database.ts';

/** A note store of the test's own, closed and gone after it. */
export function createNoteStore(options: Omit<SqliteStoreOptions, 'writer' | 'reader'> = {}) {
  // No time limit on groups: the first unit of a cold process may take longer than it.
  const limits = { groupMs: 60_000, ...options.limits };
  const opened = openNoteStore(path.join(createTestFolder(), 'notes.db'), { ...options, limits });
  onTestFinished(() => opened.store.close());
  return opened;
}
