import Sqlite, { type Database } from 'better-sqlite3';
import { StoreError } from './store-error.ts';

/** Marks a file as Jaqyn's (`JQYN`), so that a wrong path never gets our tables put into another program's database. */
export const APPLICATION_ID = 0x4a51594e;

/** Opens an existing file to look at it; changes nothing, not even when it closes. */
export function openInspector(path: string): Database {
  return new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 0 });
}

/** A unit of work touches little; its indexes stay. */
const WRITER_CACHE_KIB = 32 * 1024;
/**
 * Pages are taken as they are read. One board of a week of a large specialty is 1,800 appointments with their requests and patients,
 * scattered over the file: 20 MB of pages, so that two of them would push each other out of less.
 */
const READER_CACHE_KIB = 128 * 1024;
/** It copies pages and keeps none. */
const CHECKPOINTER_CACHE_KIB = 64;

/**
 * Opens the connection that writes; creates the file when there is none. No setting that changes the file is made
 * here, see {@link configureWriter}.
 *
 * `timeout: 0`: SQLite's own wait for a lock blocks the whole process. The queue waits instead, without blocking.
 */
export function openWriter(path: string): Database {
  return new Sqlite(path, { timeout: 0 });
}

/** Settings of the writer; `journal_mode` is the one that is stored in the file. Throws where WAL cannot be had. */
export function configureWriter(writer: Database): void {
  const mode = writer.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') {
    throw new StoreError('database.unwritable', `the file system cannot hold a write-ahead log (got ${String(mode)})`);
  }
  // Every commit waits for the disk. NORMAL, the default of this build under WAL, loses acknowledged writes at a power cut.
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  // Append-only triggers also see the delete inside INSERT OR REPLACE.
  writer.pragma('recursive_triggers = ON');
  // The checkpointer moves the log to the file beside the commits. Where it cannot keep up or could not start, the writer does so itself at
  // 16 MB, within a commit.
  writer.pragma('wal_autocheckpoint = 4000');
  // A long read can make the log grow; give the space back afterwards.
  writer.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  configureMemory(writer, WRITER_CACHE_KIB);
}

/** Opens a connection that sees snapshots and cannot write. The writer is open already, so the log's index exists. */
export function openReader(path: string): Database {
  const reader = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 0 });
  reader.pragma('query_only = ON');
  configureMemory(reader, READER_CACHE_KIB);
  return reader;
}

/** Opens the connection of the checkpointer. The writer is open already, so the file is in WAL mode. */
export function openCheckpointer(path: string): Database {
  const connection = new Sqlite(path, { fileMustExist: true, timeout: 0 });
  // Log and file wait for the disk before a page counts as moved.
  connection.pragma('synchronous = FULL');
  connection.pragma('wal_autocheckpoint = 0');
  configureMemory(connection, CHECKPOINTER_CACHE_KIB);
  return connection;
}

function configureMemory(connection: Database, cacheKib: number): void {
  // Reading through a memory map turns a failing disk into SIGBUS, the end of the process and of every call on it;
  // through read() it is an error of one request.
  connection.pragma('mmap_size = 0');
  connection.pragma(`cache_size = -${cacheKib}`);
  connection.pragma('temp_store = MEMORY');
  // The file may come from a backup someone touched: its schema may not call what is not harmless.
  connection.pragma('trusted_schema = OFF');
}
