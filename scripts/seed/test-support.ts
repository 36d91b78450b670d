import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../server/src/db/open-database.ts';
import type { Store } from '../../server/src/db/store.ts';
import type { CalendarDate } from '../../shared/src/kernel/time.ts';
import { type SeedOutcome, seedDemo } from './seed-demo.ts';

export const TODAY = '2026-11-22' as CalendarDate;

/** 11:00 in Kazakhstan. */
export function nowOn(day: CalendarDate): Date {
  return new Date(`${day}T06:00:00.000Z`);
}

/** Passwords are hashed for real in one test only; here each would cost 40 ms of every seed. */
export const quickHash = (password: string): Promise<string> => Promise.resolve(`not a hash of ${password}`);

export interface SeededDatabase {
  readonly store: Store;
  readonly file: string;
  readonly outcome: SeedOutcome;
  close(): Promise<void>;
}

interface Seeded {
  readonly bytes: Buffer;
  readonly outcome: SeedOutcome;
}
/** By day: telling a demo's whole story takes seconds, copying it none. */
const templates = new Map<CalendarDate, Promise<Seeded>>();

/** A database file of its own with the demo in it. `isFresh`: seeded anew, not copied. */
export async function openSeeded(today: CalendarDate = TODAY, isFresh = false): Promise<SeededDatabase> {
  const template = (!isFresh && templates.get(today)) || seedOnce(today);
  templates.set(today, template);
  const { bytes, outcome } = await template;
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-seed-'));
  const file = path.join(folder, 'jaqyn.db');
  writeFileSync(file, bytes);
  const store = await openDatabase({ path: file });
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

async function seedOnce(today: CalendarDate): Promise<Seeded> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-seed-'));
  const file = path.join(folder, 'jaqyn.db');
  const store = await openDatabase({ path: file });
  const outcome = await seedDemo({ store, today, hashPassword: quickHash, now: () => nowOn(today) });
  // Closing writes everything back into the one file.
  await store.close();
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true, force: true });
  return { bytes, outcome };
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
  // Without the full-text indexes, which follow their tables.
  const tables = query<{ name: string; wr: number }>(
    file,
    "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'applied_migration' ORDER BY name",
  );
  for (const { name, wr } of tables) {
    for (const row of query<Record<string, unknown>>(
      file,
      `SELECT * FROM "${name}" ORDER BY ${wr === 1 ? '1' : 'rowid'}`,
    )) {
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
