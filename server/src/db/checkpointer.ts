import { Worker } from 'node:worker_threads';
import type { CheckpointOutcome } from './checkpointer.worker.ts';

/** About 300 to 500 pages of audited readings, 1 to 2 MB. */
const UNITS_BETWEEN = 64;

/**
 * Moves the write-ahead log into the database file in a thread of its own, so that no commit waits for it: on the main thread one reading in
 * forty did, 9 ms each (`npm run bench -- record`). The writer still moves it by itself where this falls behind, see `configureWriter`.
 */
export class Checkpointer {
  readonly #path: string;
  readonly #onFault: ((fault: string) => void) | undefined;
  #worker: Worker | undefined;
  #ended: Promise<void> | undefined;
  #units = 0;
  #isMoving = false;
  #isOver = false;

  /** `onFault` is told what SQLite or the thread said; nothing is lost by it, the log stays and the writer moves it. */
  constructor(path: string, onFault?: (fault: string) => void) {
    this.#path = path;
    this.#onFault = onFault;
  }

  /** Called after each commit; the thread starts with the first that is worth it. */
  committed(units: number): void {
    this.#units += units;
    if (this.#units < UNITS_BETWEEN || this.#isMoving || this.#isOver) return;
    this.#units = 0;
    this.#isMoving = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage('move');
  }

  /** Resolves when the thread has let go of the file. */
  async close(): Promise<void> {
    this.#isOver = true;
    // A program that has nothing else to do waits for it now.
    this.#worker?.ref();
    this.#worker?.postMessage('close');
    await this.#ended;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./checkpointer.worker.ts', import.meta.url), { workerData: this.#path });
    // Nobody waits for it but `close`.
    worker.unref();
    worker.on('message', (outcome: CheckpointOutcome) => {
      this.#isMoving = false;
      if (outcome.fault !== undefined) this.#onFault?.(outcome.fault);
    });
    worker.on('error', (error) => this.#onFault?.(error instanceof Error ? error.message : String(error)));
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        // Whatever ended it would end the next one, too.
        this.#isOver = true;
        resolve();
      });
    });
    return worker;
  }
}
