import Sqlite, { type Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { TestStore } from './template-database.ts';

/** A connection past the store and everything above it, as somebody with the file would have. */
export function openRaw(store: TestStore): Database {
  const database = new Sqlite(store.path, { timeout: 5000 });
  onTestFinished(() => void database.close());
  return database;
}

/**
 * Every row of every table, to see that nothing of a refused change is kept. Without how far the schedule's clock has carried the
 * loads: in a whole app it ticks beside the test.
 */
export function dumpTables(database: Database): Record<string, unknown[]> {
  const names = database
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name <> 'day_load_horizon' order by name",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    names.map((name) => [name, database.prepare(`select * from "${name}" order by rowid`).all()]),
  );
}
