import { SqliteError } from 'better-sqlite3';
import { StoreError, type StoreErrorCode } from './store-error.ts';

/** Extended result code (`SQLITE_IOERR_WRITE`), or undefined when SQLite did not throw this. */
function sqliteCode(error: unknown): string | undefined {
  return error instanceof SqliteError ? error.code : undefined;
}

function isFamily(error: unknown, ...families: string[]): boolean {
  const code = sqliteCode(error);
  return code !== undefined && families.some((family) => code === family || code.startsWith(`${family}_`));
}

/** Somebody else holds the lock: waiting helps. */
export function isBusy(error: unknown): boolean {
  return isFamily(error, 'SQLITE_BUSY', 'SQLITE_LOCKED');
}

/** It did not fit or did not hold together: a smaller unit may still pass. */
export function isWorthRunningAlone(error: unknown): boolean {
  return isFamily(error, 'SQLITE_FULL', 'SQLITE_NOMEM', 'SQLITE_TOOBIG', 'SQLITE_CONSTRAINT');
}

/** The file, the disk or the memory failed, as opposed to a statement that was wrong or a rule that refused. */
export function isStorageFailure(error: unknown): boolean {
  return storageFailureCode(error) !== undefined;
}

function storageFailureCode(error: unknown): StoreErrorCode | undefined {
  if (isFamily(error, 'SQLITE_CORRUPT', 'SQLITE_NOTADB')) return 'database.corrupt';
  if (isFamily(error, 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_NOMEM', 'SQLITE_CANTOPEN')) return 'store.unavailable';
  if (isFamily(error, 'SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_INTERRUPT', 'SQLITE_PROTOCOL')) return 'store.unavailable';
  return isBusy(error) ? 'store.busy' : undefined;
}

/** What the caller of a unit of work is told: storage failures become a StoreError, all else stays what it was. */
export function toCallerError(error: unknown): unknown {
  const code = storageFailureCode(error);
  if (code === undefined) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new StoreError(code, detail, { cause: error, ...(code === 'store.busy' && { retryAfter: 1 }) });
}

/**
 * True when a unique index refused the write; repositories turn it into their `noun.taken`.
 * @param column `table.column` as in the database; any unique index when left out. An index over several columns is
 * found by its first one.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  const code = sqliteCode(error);
  if (code !== 'SQLITE_CONSTRAINT_UNIQUE' && code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') return false;
  if (column === undefined) return true;
  const [, columns = ''] = (error as Error).message.split('UNIQUE constraint failed: ');
  return columns.split(', ')[0] === column || columns === `index '${column}'`;
}

/** True when a trigger or a CHECK refused the write: signed or append-only rows. */
export function isRuleViolation(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 'SQLITE_CONSTRAINT_TRIGGER' || code === 'SQLITE_CONSTRAINT_CHECK';
}
