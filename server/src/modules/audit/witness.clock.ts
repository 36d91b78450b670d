import type { KeyObject } from 'node:crypto';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { auditLog } from './audit-log.ts';
import { WitnessFile } from './witness-file.ts';

interface Options {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  readonly file: string;
  readonly key: KeyObject;
  /** A checkpoint after so many new entries, looked for every second. */
  readonly everyEntries?: number;
  /** And after so many milliseconds where there is anything new. */
  readonly everyMs?: number;
}

const EVERY_ENTRIES = 256;
const EVERY_MS = 60_000;
const LOOK_MS = 1000;

/**
 * Hands the head of the audit log to the witness file, having said so in the log: cutting either is seen in the other. A checkpoint at
 * the end of the process closes what is left. Several processes on one folder: one of them writes.
 */
export class WitnessClock {
  readonly #options: Options;
  readonly #timer: NodeJS.Timeout;
  #file: WitnessFile | undefined;
  #writtenAt = performance.now();
  #running: Promise<void> | undefined;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), LOOK_MS);
    this.#timer.unref();
    this.#tick();
  }

  static start(options: Options): WitnessClock {
    return new WitnessClock(options);
  }

  /** What the witness was told last; null where nothing was, or where another process tells it. */
  get last(): { readonly size: number; readonly at: Instant } | null {
    const last = this.#file?.last;
    return last === undefined ? null : { size: last.size, at: last.at as Instant };
  }

  /** Writes one now where there is anything new. Throws what the store and the file system throw. */
  async checkpoint(): Promise<void> {
    const file = this.#open();
    if (file === undefined) return;
    const { store, clock } = this.#options;
    const { last } = file;
    const { size } = await store.read((tx) => auditLog.head(tx));
    if (size === (last?.size ?? 0)) return;
    const at = clock.instant();
    const number = (last?.number ?? 0) + 1;
    const head = await store.transaction(async (tx) => {
      await auditLog.append(tx, {
        at,
        actor: null,
        action: 'audit.checkpoint',
        entityType: 'database',
        entityId: 'audit_event',
        detail: { number, lastRoot: last?.root ?? null },
      });
      return auditLog.head(tx);
    });
    file.append({ at, ...head });
    this.#writtenAt = performance.now();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
    try {
      await this.checkpoint();
    } catch (error) {
      this.#options.logger.error({ err: error }, 'the last checkpoint of the audit log could not be written');
    }
    this.#file?.close();
  }

  #tick(): void {
    this.#running ??= this.#look()
      .catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'the audit log could not be witnessed');
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #look(): Promise<void> {
    const { store, everyEntries = EVERY_ENTRIES, everyMs = EVERY_MS } = this.#options;
    const file = this.#open();
    if (file === undefined || this.#isClosed) return;
    const isDue = performance.now() - this.#writtenAt >= everyMs;
    const { size } = await store.read((tx) => auditLog.head(tx));
    if (isDue || size - (file.last?.size ?? 0) >= everyEntries) await this.checkpoint();
  }

  #open(): WitnessFile | undefined {
    if (this.#file !== undefined) return this.#file;
    const { file, key, logger } = this.#options;
    this.#file = WitnessFile.open(file, key);
    if (this.#file?.fault !== undefined)
      logger.error({ ...this.#file.fault }, 'the witness file was altered: run npm run verify');
    return this.#file;
  }
}
