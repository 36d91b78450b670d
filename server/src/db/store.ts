import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/**
 * The drizzle handle of one unit of work. Repositories take it as their first argument and always `await` its
 * builders; services only pass it on. It is valid until the callback it was given to settles.
 *
 * It has no `transaction`: a unit of work is never nested.
 */
export type Tx = Omit<BetterSQLite3Database, 'transaction'>;

/**
 * The only way to the database from above `db/`. Today SQLite stands behind it, in the cluster edition PostgreSQL, so
 * callers may rely on nothing but what is written here.
 */
export interface Store {
  /**
   * Runs `work` as one unit: all of its writes or none. Durable when resolved: it survives a power cut.
   *
   * `work` awaits nothing but `tx` (no timers, files, hashing, network, no other transaction) and may be run again
   * from the start, so it has no side effects of its own; publish events after this resolves. What it throws rolls
   * back its own writes only and comes back unchanged.
   *
   * Errors: {@link StoreError} `store.busy` (queue full, or another process holds the lock; try later),
   * `store.unavailable` (the disk refused: full, failing; nothing was kept).
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;

  /**
   * Runs `work` on one consistent snapshot, beside the writer; writes fail. Sees everything that was acknowledged
   * before the call. The same rules for `work` as in {@link Store.transaction}.
   */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;

  /** Refuses new work, finishes what was accepted, closes the files. Idempotent. */
  close(): Promise<void>;
}
