import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { configureWriter, openReader, openWriter } from '../src/db/client.ts';
import { SqliteStore, type SqliteStoreOptions } from '../src/db/sqlite-store.ts';

/** A table the storage tests have for themselves, so that they stand still when the modules' tables move. */
export const noteTable = sqliteTable('note', {
  id: text('id').primaryKey(),
  body: text('body').notNull(),
  count: integer('count').notNull(),
});

/** The real store on a file whose only table is `note`, and its connections for tests that plant a fault in them. */
export function openNoteStore(file: string, options: Omit<SqliteStoreOptions, 'writer' | 'reader'> = {}) {
  const writer = openWriter(file);
  configureWriter(writer);
  writer.exec('CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, body TEXT NOT NULL, count INTEGER NOT NULL)');
  const reader = openReader(file);
  return { store: SqliteStore.create({ ...options, writer, reader }), writer, reader, file };
}
