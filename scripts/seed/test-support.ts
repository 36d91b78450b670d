import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../server/src/db/open-database.ts';
import type { Store } from '../../server/src/db/store.ts';
import type { CalendarDate } from '../../shared/src/kernel/time.ts';
import { type SeedOutcome, seedDemo } from './seed-demo.ts';

export const TODAY = '2026-11-22' as CalendarDate;

/** Passwords are hashed for real in one test only; here each would cost 40 ms of every seed. */
export const quickHash = (password: string): Promise<string> => Promise.resolve(`not a hash of ${password}`);

export interface SeededDatabase {
  readonly store: Store;
  readonly file: string;
  readonly outcome: SeedOutcome;
  close(): Promise<void>;
}

/** A database file of its own with the demo in it. */
export async function openSeeded(today: CalendarDate = TODAY): Promise<SeededDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-seed-'));
  const file = path.join(folder, 'jaqyn.db');
  const store = await openDatabase({ path: file });
  const outcome = await seedDemo({ store, today, hashPassword: quickHash });
  return {
    store,
    file,
    outcome,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** All rows of a query, past the store: what is really in the file. */
export function query<Row>(file: string, sql: string, ...values: unknown[]): Row[] {
  const database = new Sqlite(file, { readonly: true });
  try {
    return database.prepare<unknown[], Row>(sql).all(...values);
  } finally {
    database.close();
  }
}

/** Changes the file past the store, as a clinic's own work would. */
export function change(file: string, sql: string, ...values: unknown[]): void {
  const database = new Sqlite(file);
  database.pragma('foreign_keys = ON');
  try {
    database.prepare(sql).run(...values);
  } finally {
    database.close();
  }
}

/** SHA-256 over every row of every table, but for what must differ: salted password hashes and the time of migration. */
export function contentHash(file: string): string {
  const hash = createHash('sha256');
  const tables = query<{ name: string }>(
    file,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'applied_migration' ORDER BY name",
  );
  for (const { name } of tables) {
    for (const row of query<Record<string, unknown>>(file, `SELECT * FROM "${name}" ORDER BY rowid`)) {
      delete row['password_hash'];
      hash.update(`${name} ${JSON.stringify(row)}\n`);
    }
  }
  return hash.digest('hex');
}

export function closeAfterTest(database: SeededDatabase): SeededDatabase {
  onTestFinished(() => database.close());
  return database;
}
