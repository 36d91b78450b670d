import { SqliteError } from 'better-sqlite3';
import { DrizzleError } from 'drizzle-orm';
import { StoreError, type StoreErrorCode } from './store-error.ts';

/** drizzle wraps what the driver threw in some of its calls and not in others; this is always what the driver threw. */
export function withoutWrapper(error: unknown): unknown {
  return error instanceof DrizzleError && error.cause instanceof Error ? withoutWrapper(error.cause) : error;
}

/** Extended result code (`SQLITE_IOERR_WRITE`), or undefined when SQLite did not throw this. */
function sqliteCode(error: unknown): string | undefined {
  const thrown = withoutWrapper(error);
  return thrown instanceof SqliteError ? thrown.code : undefined;
}

function isFamily(error: unknown, ...families: string[]): boolean {
  const code = sqliteCode(error);
  return code !== undefined && families.some((family) => code === family || code.startsWith(`${family}_`));
}

/** Somebody else holds the lock: waiting helps. */
export function isBusy(error: unknown): boolean {
  return isFamily(error, 'SQLITE_BUSY', 'SQLITE_LOCKED');
}

/** The file is not a sound database. */
export function isDamaged(error: unknown): boolean {
  return isFamily(error, 'SQLITE_CORRUPT', 'SQLITE_NOTADB');
}

/** The medium failed, as opposed to a statement that was wrong, a rule that refused or a lock held elsewhere. */
export function isStorageFailure(error: unknown): boolean {
  return !isBusy(error) && storageFailureCode(error) !== undefined;
}

/** The file or the disk fails, whoever asks and however little: trying again at once is no use. */
export function isMediumFailure(error: unknown): boolean {
  return isFamily(error, 'SQLITE_IOERR', 'SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CANTOPEN', 'SQLITE_READONLY');
}

/** The code for what went wrong with the storage; undefined when a statement was wrong or a rule refused it. */
function storageFailureCode(error: unknown): StoreErrorCode | undefined {
  if (isFamily(error, 'SQLITE_CORRUPT', 'SQLITE_NOTADB')) return 'database.corrupt';
  if (isFamily(error, 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_NOMEM', 'SQLITE_CANTOPEN')) return 'store.unavailable';
  if (isFamily(error, 'SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_INTERRUPT', 'SQLITE_PROTOCOL'))
    return 'store.unavailable';
  return isBusy(error) ? 'store.busy' : undefined;
}

/** What the caller of a unit of work is told: storage failures become a StoreError, all else stays what it was. */
export function toCallerError(error: unknown): unknown {
  const code = storageFailureCode(error);
  if (code === undefined) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new StoreError(code, detail, { cause: error, ...(code === 'store.busy' && { retryAfter: 1 }) });
}

/** What a unit is told whose whole group failed: never an error that reads as its own mistake, a broken rule apart. */
export function toGroupError(error: unknown): unknown {
  const told = toCallerError(error);
  if (told instanceof StoreError || isFamily(told, 'SQLITE_CONSTRAINT')) return told;
  return new StoreError('store.unavailable', told instanceof Error ? told.message : String(told), { cause: error });
}
