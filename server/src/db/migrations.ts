import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { isStorageFailure } from './sqlite-errors.ts';
import { StoreError } from './store-error.ts';

/** Written by drizzle-kit (`pnpm db:generate NAME`), in the order of meta/_journal.json. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations/', import.meta.url));

export interface Migration {
  /** File name without `.sql`: `0003_create_patients`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex: an applied migration never changes. */
  readonly hash: string;
}

/** The migrations of this version of the code, in order. Throws where the folder and its journal disagree. */
export function listMigrations(folder: string = migrationsFolder): Migration[] {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    readFileSync(path.join(folder, 'meta', '_journal.json'), 'utf8'),
  );
  const names = journal.entries.map((entry) => entry.tag);
  const stray = readdirSync(folder).filter((file) => file.endsWith('.sql') && !names.includes(file.slice(0, -4)));
  if (stray.length > 0) throw new Error(`migrations/${stray.join(', ')} is not in meta/_journal.json`);
  return names.map((name) => {
    const sql = readFileSync(path.join(folder, `${name}.sql`), 'utf8');
    return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
  });
}

const CREATE_LEDGER = `
  CREATE TABLE IF NOT EXISTS applied_migration (
    name TEXT PRIMARY KEY NOT NULL,
    hash TEXT NOT NULL,
    applied_at TEXT NOT NULL
  ) STRICT`;

/** Names of the migrations this database lacks. Throws `database.newer` when it has some this code does not know. */
export function listPending(writer: Database, migrations: readonly Migration[]): Migration[] {
  const ledger = writer
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'applied_migration'")
    .get();
  if (ledger === undefined) return [...migrations];
  const applied = writer
    .prepare<[], { name: string; hash: string }>('SELECT name, hash FROM applied_migration ORDER BY name')
    .all();
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, hash } of applied) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw new StoreError('database.newer', `the database has migration ${name}, which this version does not know`);
    }
    if (migration.hash !== hash) {
      throw new StoreError('database.newer', `the database has another version of migration ${name}`);
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter((migration) => !done.has(migration.name));
}

/**
 * Applies what is pending, in the transaction that is open on `writer`: all of it or nothing. Foreign keys must be off
 * before that transaction began: rebuilding a table drops the old one, which would delete the children of its rows.
 * What they guard is checked here at the end instead.
 */
export function applyMigrations(writer: Database, pending: readonly Migration[], appliedAt: string): void {
  writer.exec(CREATE_LEDGER);
  const record = writer.prepare('INSERT INTO applied_migration (name, hash, applied_at) VALUES (?, ?, ?)');
  for (const migration of pending) {
    try {
      writer.exec(migration.sql);
    } catch (error) {
      if (isStorageFailure(error)) throw error;
      throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
    }
    if (!writer.inTransaction) throw new Error(`migration ${migration.name} ended the transaction it ran in`);
    record.run(migration.name, migration.hash, appliedAt);
  }
  const [orphan] = writer.pragma('foreign_key_check') as { table: string; parent: string }[];
  if (orphan !== undefined) {
    throw new Error(
      `after the migrations rows of ${orphan.table} point to rows of ${orphan.parent} that are not there`,
    );
  }
}
