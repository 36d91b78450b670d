import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from 'better-sqlite3';
import { createGroupTransaction } from './group-transaction.ts';
import { SnapshotReader } from './snapshot-reader.ts';
import type { Store, Tx } from './store.ts';
import { StatementCache } from './unit-client.ts';
import { assertOutsideUnit, runUnit } from './unit-of-work.ts';
import { type CommittedGroup, defaultWriterLimits, type WriterLimits, WriterQueue } from './writer-queue.ts';

export interface SqliteStoreOptions {
  readonly writer: Database;
  readonly reader: Database;
  readonly limits?: Partial<WriterLimits> | undefined;
  readonly onCommit?: ((group: CommittedGroup) => void) | undefined;
}

/** The store on one SQLite file: one writer behind a group-committing queue, a reader beside it. */
export class SqliteStore implements Store {
  readonly #writer: Database;
  readonly #reader: Database;
  readonly #queue: WriterQueue;
  readonly #snapshots: SnapshotReader;
  readonly #statements: StatementCache;
  #closing: Promise<void> | undefined;

  private constructor(options: SqliteStoreOptions) {
    const limits = { ...defaultWriterLimits, ...options.limits };
    this.#writer = options.writer;
    this.#reader = options.reader;
    this.#statements = new StatementCache(options.writer);
    this.#queue = new WriterQueue(createGroupTransaction(options.writer), limits, options.onCommit);
    this.#snapshots = new SnapshotReader(options.reader, limits);
  }

  /** Takes both connections over and closes them with itself. */
  static create(options: SqliteStoreOptions): SqliteStore {
    return new SqliteStore(options);
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    assertOutsideUnit();
    // The queue runs the unit from its own loop; logs inside it still belong to the caller's request.
    const inCallersContext = AsyncLocalStorage.snapshot();
    return await this.#queue.add(() => inCallersContext(() => runUnit(this.#writer, this.#statements, work)));
  }

  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    assertOutsideUnit();
    return await this.#snapshots.read(work);
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#queue.close(), this.#snapshots.close()]);
    this.#reader.close();
    // The last connection to go moves the log into the file and removes it.
    this.#writer.close();
  }
}
