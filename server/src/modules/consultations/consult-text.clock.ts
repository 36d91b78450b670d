import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../kernel/logger.ts';
import type { ConsultTextService } from './consult-text.service.ts';

const TICK_MS = 5000;
/** What an upgrade leaves behind is millions of rows: it has a fifth of the server's time, not all of it. */
const REST = 4;

interface Dependencies {
  readonly texts: Pick<ConsultTextService, 'indexDue'>;
  readonly logger: Logger;
}

/** Indexes what was written. All of it waits in the database, so a restart forgets nothing. */
export class ConsultTextClock {
  readonly #dependencies: Dependencies;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  readonly #stop = new AbortController();

  private constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  static start(dependencies: Dependencies): ConsultTextClock {
    return new ConsultTextClock(dependencies);
  }

  #tick(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    const { texts, logger } = this.#dependencies;
    try {
      while (!this.#stop.signal.aborted) {
        const startedAt = performance.now();
        if (!(await texts.indexDue())) return;
        await delay(REST * (performance.now() - startedAt), undefined, { signal: this.#stop.signal });
      }
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      logger.error({ err: error }, 'texts of consults could not be indexed');
    }
  }

  /** Waits for what is on its way. */
  async close(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#timer);
    await this.#running;
  }
}
