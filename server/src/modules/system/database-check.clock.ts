import type { Instant } from '@jaqyn/shared/kernel/time';
import type { DatabaseVerdict } from '../../db/check-database.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';

export interface LastCheck {
  /** `unknown`: nothing was looked at yet, or it could not be. */
  readonly verdict: 'unknown' | 'sound' | 'damaged';
  readonly checkedAt: Instant | null;
}

interface Options {
  readonly check: (signal: AbortSignal) => Promise<DatabaseVerdict>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  readonly firstAfterMs?: number;
  readonly everyMs?: number;
}

/** A start is busy enough. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 24 * 3_600_000;

/** Has the whole database read soon after the start and once a day, beside the work; health and the log tell what was found. */
export class DatabaseCheckClock {
  readonly #options: Options;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #last: LastCheck = { verdict: 'unknown', checkedAt: null };

  private constructor(options: Options) {
    this.#options = options;
    this.#plan(options.firstAfterMs ?? FIRST_AFTER_MS);
  }

  static start(options: Options): DatabaseCheckClock {
    return new DatabaseCheckClock(options);
  }

  get last(): LastCheck {
    return this.#last;
  }

  /** Looks now, or waits for the look that is going on. Never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stop.abort();
    await this.#running;
  }

  #plan(ms: number): void {
    this.#timer = setTimeout(() => {
      void this.run().then(() => {
        if (!this.#stop.signal.aborted) this.#plan(this.#options.everyMs ?? EVERY_MS);
      });
    }, ms);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { check, clock, logger } = this.#options;
    const startedAt = performance.now();
    try {
      const verdict = await check(this.#stop.signal);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      this.#last = { verdict: verdict.kind, checkedAt: clock.instant() };
      if (verdict.kind === 'sound') logger.info({ seconds }, 'the database was read through and is sound');
      else logger.error({ seconds, says: verdict.says }, 'the database is damaged: restore a backup');
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      // What was found last stays true until something else is found.
      logger.error({ err: error }, 'the database could not be checked');
    }
  }
}
