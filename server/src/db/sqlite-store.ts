import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from 'better-sqlite3';
import { Checkpointer } from './checkpointer.ts';
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
  /** Told what went wrong when the log could not be moved into the file beside the work; nothing is lost by it. */
  readonly onCheckpointFault?: ((fault: string) => void) | undefined;
}

/** The store on one SQLite file: one writer behind a group-committing queue, a reader beside it, and a thread that moves the log. */
export class SqliteStore implements Store {
  readonly #writer: Database;
  readonly #reader: Database;
  readonly #queue: WriterQueue;
  readonly #checkpointer: Checkpointer;
  readonly #snapshots: SnapshotReader;
  readonly #statements: StatementCache;
  #closing: Promise<void> | undefined;

  private constructor(options: SqliteStoreOptions) {
    const limits = { ...defaultWriterLimits, ...options.limits };
    this.#writer = options.writer;
    this.#reader = options.reader;
    this.#statements = new StatementCache(options.writer);
    this.#checkpointer = new Checkpointer(options.writer.name, options.onCheckpointFault);
    this.#queue = new WriterQueue(createGroupTransaction(options.writer), limits, (group) => {
      this.#checkpointer.committed(group.units);
      options.onCommit?.(group);
    });
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
    await this.#checkpointer.close();
    this.#reader.close();
    // The last connection to go moves the log into the file and removes it.
    this.#writer.close();
  }
}
