import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { isBusy, toCallerError } from './sqlite-errors.ts';
import type { Tx } from './store.ts';
import { StoreError } from './store-error.ts';
import { StatementCache } from './unit-client.ts';
import { runUnit } from './unit-of-work.ts';

const LOCK_RETRY_MS = 5;

/**
 * Reads on one connection, one after another, each on a snapshot of its own. More connections would not make them
 * faster: the driver is synchronous, so a read runs to its end within one turn of the event loop anyway.
 */
export class SnapshotReader {
  readonly #reader: Database;
  readonly #statements: StatementCache;
  readonly #limits: { readonly queueLength: number; readonly lockWaitMs: number };
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isClosed = false;

  constructor(reader: Database, limits: { readonly queueLength: number; readonly lockWaitMs: number }) {
    this.#reader = reader;
    this.#statements = new StatementCache(reader);
    this.#limits = limits;
  }

  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreError('store.unavailable', 'the store is closed');
    if (this.#waiting >= this.#limits.queueLength) {
      throw new StoreError('store.busy', `${this.#waiting} reads are waiting already`, { retryAfter: 1 });
    }
    this.#waiting += 1;
    const mine = this.#last.then(() => this.#readNow(work));
    this.#last = mine.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await mine;
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Refuses new reads and resolves when the accepted ones are done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
  }

  async #readNow<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      await this.#begin();
      const outcome = await runUnit(this.#reader, this.#statements, work);
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    } catch (error) {
      throw toCallerError(error);
    } finally {
      if (this.#reader.inTransaction) this.#reader.exec('ROLLBACK');
    }
  }

  /** Takes the snapshot. Another process holds everybody out only while it repairs the log after a crash. */
  async #begin(): Promise<void> {
    const until = performance.now() + this.#limits.lockWaitMs;
    while (true) {
      try {
        this.#reader.exec('BEGIN');
        // BEGIN alone takes no snapshot, the first read does.
        this.#reader.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
        return;
      } catch (error) {
        if (this.#reader.inTransaction) this.#reader.exec('ROLLBACK');
        if (!isBusy(error) || performance.now() >= until) throw error;
      }
      await delay(LOCK_RETRY_MS);
    }
  }
}
