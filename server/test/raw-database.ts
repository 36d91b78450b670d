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
 * loads (in a whole app it ticks beside the test) and without the "no" itself, which the schedule keeps for its repetitions.
 */
export function dumpTables(database: Database): Record<string, unknown[]> {
  // Without the full-text indexes, which follow their tables.
  const tables = database
    .prepare(
      "select name, wr from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%' and name not in ('day_load_horizon', 'schedule_refusal') order by name",
    )
    .all() as { name: string; wr: number }[];
  return Object.fromEntries(
    tables.map(({ name, wr }) => [
      name,
      database.prepare(`select * from "${name}" order by ${wr === 1 ? '1' : 'rowid'}`).all(),
    ]),
  );
}
