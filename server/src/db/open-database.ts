import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { APPLICATION_ID, configureWriter, openInspector, openReader, openWriter } from './client.ts';
import { applyMigrations, listMigrations, listPending, migrationsFolder } from './migrations.ts';
import { isBusy, isDamaged, isStorageFailure } from './sqlite-errors.ts';
import { SqliteStore, type SqliteStoreOptions } from './sqlite-store.ts';
import { StoreError } from './store-error.ts';

export interface OpenOptions extends Pick<SqliteStoreOptions, 'limits' | 'onCommit' | 'onCheckpointFault'> {
  /** The database file; it and its folder are created when missing. */
  readonly path: string;
  readonly migrationsFolder?: string | undefined;
  /** Milliseconds to wait for another process that migrates the same file. */
  readonly lockWaitMs?: number | undefined;
  /** Up to this size every page is read before the database is used. */
  readonly fullCheckBytes?: number | undefined;
  /** Told the names of the migrations applied just now, none on most days. */
  readonly onMigrated?: ((names: readonly string[]) => void) | undefined;
}

const LOCK_WAIT_MS = 60_000;
const LOCK_RETRY_MS = 20;
/** A quarter of a second on an old disk; a larger file would keep a restart waiting for minutes, see `check-database.ts`. */
const FULL_CHECK_BYTES = 64 * 1024 * 1024;

/**
 * Opens the database, brings it to this version and returns the store on it. Whatever is wrong, the file stays as it was.
 *
 * Errors: `database.unwritable` (folder, file or disk), `database.corrupt` (not a database, damaged, or another
 * program's), `database.newer` (migrated by code we do not know), `store.busy` (another process kept the lock).
 */
export async function openDatabase(options: OpenOptions): Promise<SqliteStore> {
  const until = performance.now() + (options.lockWaitMs ?? LOCK_WAIT_MS);
  const opened: Database[] = [];
  try {
    // Patients' data: nobody but the server's own user looks in.
    makeFolder(path.dirname(options.path));
    const assertWell =
      statSafely(options.path) > (options.fullCheckBytes ?? FULL_CHECK_BYTES) ? assertReadable : assertSound;
    const inspect = (connection: Database) => {
      assertOurs(connection);
      assertWell(connection, options.path);
    };
    const isInspected = existsSync(options.path) && (await inspectReadOnly(options.path, inspect, until));
    const writer = openWriter(options.path);
    opened.push(writer);
    if (!isInspected) await whileBusy(until, () => inspect(writer));
    await whileBusy(until, () => configureWriter(writer));
    const applied = await migrate(writer, options.migrationsFolder ?? migrationsFolder, until);
    options.onMigrated?.(applied);
    const reader = openReader(options.path);
    opened.push(reader);
    const { limits, onCommit, onCheckpointFault } = options;
    return SqliteStore.create({ writer, reader, limits, onCommit, onCheckpointFault });
  } catch (error) {
    for (const connection of opened) connection.close();
    throw toOpenError(error, options.path);
  }
}

/** One folder after the other: Node's own recursive way never ends where the system refuses with ENOENT, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * Looks before anything can be changed: a writer that closes moves the log into the file, also into a damaged one.
 * False when SQLite has to write even to look (folder without the log's index, a crash before the first commit).
 */
async function inspectReadOnly(file: string, inspect: (opened: Database) => void, until: number): Promise<boolean> {
  let inspector: Database | undefined;
  try {
    const opened = openInspector(file);
    inspector = opened;
    await whileBusy(until, () => inspect(opened));
    return true;
  } catch (error) {
    if (isUnwritable(error)) return false;
    throw error;
  } finally {
    inspector?.close();
  }
}

async function migrate(writer: Database, folder: string, until: number): Promise<string[]> {
  const migrations = listMigrations(folder);
  // Has no effect inside a transaction, so it is set around it.
  writer.pragma('foreign_keys = OFF');
  // Taken also when nothing is pending: it is the proof that this file can be written. Whoever comes second waits here
  // and then finds nothing left to do.
  await whileBusy(until, () => writer.exec('BEGIN IMMEDIATE'));
  try {
    const pending = listPending(writer, migrations);
    if (pending.length > 0) applyMigrations(writer, pending, new Date().toISOString());
    if (!isOurs(writer)) writer.pragma(`application_id = ${APPLICATION_ID}`);
    writer.exec('COMMIT');
    return pending.map((migration) => migration.name);
  } catch (error) {
    if (writer.inTransaction) writer.exec('ROLLBACK');
    throw error;
  } finally {
    writer.pragma('foreign_keys = ON');
  }
}

/** An empty file or one of ours; anything else is left alone. Reads only. */
function assertOurs(connection: Database): void {
  if (isOurs(connection)) return;
  const id = connection.pragma('application_id', { simple: true });
  const isEmpty = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (id !== 0 || !isEmpty) throw new StoreError('database.corrupt', 'the file is a database of another program');
}

function isOurs(connection: Database): boolean {
  return connection.pragma('application_id', { simple: true }) === APPLICATION_ID;
}

/** Reads every page once; better than finding out in the middle of a consult. */
function assertSound(connection: Database): void {
  const verdict = connection.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new StoreError('database.corrupt', `the file is damaged: ${String(verdict)}`);
}

/**
 * What costs nothing however large the file is: it is as long as its header says, the schema can be read, and so can the beginning of
 * every table. The pages are read while the server works.
 */
function assertReadable(connection: Database, file: string): void {
  // Pages that are still in the log need not be in the file.
  if (statSafely(`${file}-wal`) === 0 && statSafely(file) < lengthByHeader(file)) {
    throw new StoreError('database.corrupt', 'the file has lost its end');
  }
  const tables = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
    .pluck()
    .all();
  for (const name of tables)
    connection.prepare(`SELECT 1 FROM "${String(name).replaceAll('"', '""')}" NOT INDEXED LIMIT 1`).get();
}

/** Bytes; see https://sqlite.org/fileformat2.html#the_database_header. */
function lengthByHeader(file: string): number {
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, header.length, 0);
  } finally {
    closeSync(handle);
  }
  const pageSize = header.readUInt16BE(16);
  return (pageSize === 1 ? 65_536 : pageSize) * header.readUInt32BE(28);
}

/** Bytes of the file; none where there is no file. */
function statSafely(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function whileBusy<T>(until: number, step: () => T): Promise<T> {
  while (true) {
    try {
      return step();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() >= until) {
        throw new StoreError('store.busy', 'another process keeps the database locked', { cause: error });
      }
    }
    await delay(LOCK_RETRY_MS);
  }
}

function toOpenError(error: unknown, file: string): unknown {
  const detail = `${file}: ${error instanceof Error ? error.message : String(error)}`;
  if (error instanceof StoreError) return new StoreError(error.code, detail, { cause: error });
  if (isDamaged(error)) return new StoreError('database.corrupt', detail, { cause: error });
  if (isUnwritable(error)) return new StoreError('database.unwritable', detail, { cause: error });
  return error;
}

/** The folder, the file or the disk does not take writes, told by SQLite or by the file system (`EACCES`, `ENOSPC`). */
function isUnwritable(error: unknown): boolean {
  return isStorageFailure(error) || (error instanceof Error && 'syscall' in error);
}
