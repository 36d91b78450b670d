import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { configureWriter, openReader, openWriter } from '../../../server/src/db/client.ts';
import { createGroupTransaction } from '../../../server/src/db/group-transaction.ts';
import { SqliteStore } from '../../../server/src/db/sqlite-store.ts';
import { StatementCache } from '../../../server/src/db/unit-client.ts';
import { runUnit } from '../../../server/src/db/unit-of-work.ts';
import { defaultWriterLimits, type GroupTransaction, WriterQueue } from '../../../server/src/db/writer-queue.ts';
import type { Samples } from '../bench.ts';
import { quantile } from '../statistics.ts';
import { findDamage, prepareWorkload, runWorkload, type Slice, sendMessages, type Transaction } from './workload.ts';

export interface SideOptions {
  readonly groupUnits?: number;
  /** Puts something between the queue and the connection: a slower disk, a planted fault. */
  readonly alter?: (real: GroupTransaction) => GroupTransaction;
  readonly synchronous?: 'NORMAL';
}

/** One store under load on a file of its own, and what it has shown so far. */
export class Side {
  readonly #transaction: Transaction;
  readonly #witness: Database;
  readonly #writer: Database;
  readonly #close: () => Promise<void>;
  readonly #slices = new Map<number, Slice[]>();

  private constructor(transaction: Transaction, witness: Database, writer: Database, close: () => Promise<void>) {
    this.#transaction = transaction;
    this.#witness = witness;
    this.#writer = writer;
    this.#close = close;
  }

  static open(folder: string, options: SideOptions = {}): Side {
    mkdirSync(folder);
    const file = path.join(folder, 'bench.db');
    const writer = openWriter(file);
    configureWriter(writer);
    prepareWorkload(writer);
    if (options.synchronous !== undefined) writer.pragma(`synchronous = ${options.synchronous}`);
    const limits = { ...defaultWriterLimits, groupUnits: options.groupUnits ?? defaultWriterLimits.groupUnits };
    const witness = openReader(file);
    if (options.alter === undefined) {
      const store = SqliteStore.create({ writer, reader: openReader(file), limits });
      return new Side(
        (work) => store.transaction(work),
        witness,
        writer,
        () => store.close(),
      );
    }
    // The store's own queue and unit of work; only the connection under them differs.
    const queue = new WriterQueue(options.alter(createGroupTransaction(writer)), limits);
    const statements = new StatementCache(writer);
    const transaction: Transaction = (work) => queue.add(() => runUnit(writer, statements, work));
    return new Side(transaction, witness, writer, async () => {
      await queue.close();
      writer.close();
    });
  }

  async measure(writers: number, seconds: number): Promise<void> {
    const slice = await runWorkload(this.#transaction, this.#witness, { writers, seconds });
    this.#slices.set(writers, [...(this.#slices.get(writers) ?? []), slice]);
  }

  /** Sends `messages` in all, `writers` at once, and tells each one's id as soon as it is acknowledged. */
  async send(options: { writers: number; messages: number; onAcknowledged: (id: string) => void }): Promise<void> {
    await sendMessages(this.#transaction, options);
  }

  /** Everything measured with this many writers; `suffix` tells sides of one run apart. */
  report(writers: number, suffix = ''): Samples {
    const slices = this.#slices.get(writers) ?? [];
    const writes = slices.reduce((sum, slice) => sum + slice.writes, 0);
    const seconds = slices.reduce((sum, slice) => sum + slice.seconds, 0);
    const latencies = slices.flatMap((slice) => slice.latencies);
    const loopDelay = Math.max(...slices.map((slice) => slice.loopDelayP99));
    return {
      [`writes.${writers}${suffix}`]: { value: writes / seconds, unit: '1/s' },
      [`p50.${writers}${suffix}`]: { value: quantile(latencies, 0.5), unit: 'ms' },
      [`p99.${writers}${suffix}`]: { value: quantile(latencies, 0.99), unit: 'ms' },
      [`loopDelayP99.${writers}${suffix}`]: { value: loopDelay, unit: 'ms' },
    };
  }

  /** Why these acknowledgements would not survive a power cut; undefined when nothing speaks against them. */
  suspect(): string | undefined {
    const slices = [...this.#slices.values()].flat();
    const missing = slices.reduce((sum, slice) => sum + slice.missing, 0);
    if (missing > 0) return `${missing} writes were acknowledged before anybody else could see them`;
    // 2 is FULL. That FULL keeps what it promises is shown by the bench power-loss.
    if (this.#writer.pragma('synchronous', { simple: true }) !== 2) return 'commits do not wait for the disk';
    const writes = slices.reduce((sum, slice) => sum + slice.writes, 0);
    return findDamage(this.#witness, writes);
  }

  async close(): Promise<void> {
    this.#witness.close();
    await this.#close();
  }
}
