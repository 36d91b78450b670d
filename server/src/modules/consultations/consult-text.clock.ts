import type { Logger } from '../../kernel/logger.ts';
import type { ConsultTextService } from './consult-text.service.ts';

const TICK_MS = 5000;

interface Dependencies {
  readonly texts: Pick<ConsultTextService, 'indexDue'>;
  readonly logger: Logger;
}

/** Indexes what was written. All of it waits in the database, so a restart forgets nothing. */
export class ConsultTextClock {
  readonly #dependencies: Dependencies;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #isClosed = false;

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
      while (!this.#isClosed && (await texts.indexDue()));
    } catch (error) {
      logger.error({ err: error }, 'texts of consults could not be indexed');
    }
  }

  /** Waits for what is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
