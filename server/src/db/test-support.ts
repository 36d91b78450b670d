import path from 'node:path';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { onTestFinished } from 'vitest';
import { createTestFolder } from '../../test/template-database.ts';
import { configureWriter, openReader, openWriter } from './client.ts';
import { SqliteStore, type SqliteStoreOptions } from './sqlite-store.ts';

/** A table the storage tests have for themselves, so that they stand still when the modules' tables move. */
export const noteTable = sqliteTable('note', {
  id: text('id').primaryKey(),
  body: text('body').notNull(),
  count: integer('count').notNull(),
});

export const CREATE_NOTES =
  'CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, body TEXT NOT NULL, count INTEGER NOT NULL)';

/** A store on a fresh file with the table `note`, and its two connections for tests that plant a fault in them. */
export function createNoteStore(
  options: Omit<SqliteStoreOptions, 'writer' | 'reader'> = {},
  folder = createTestFolder(),
) {
  const file = path.join(folder, 'notes.db');
  const writer = openWriter(file);
  configureWriter(writer);
  writer.exec(CREATE_NOTES);
  const reader = openReader(file);
  // No time limit on groups: the first unit of a cold process may take longer than it.
  const limits = { groupMs: 60_000, ...options.limits };
  const store = SqliteStore.create({ ...options, limits, writer, reader });
  onTestFinished(() => store.close());
  return { store, writer, reader, file };
}
