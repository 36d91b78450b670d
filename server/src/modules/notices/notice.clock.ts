import type { Logger } from '../../kernel/logger.ts';
import type { NoticeDeliverer } from './notice-deliverer.ts';
import type { NoticeUpkeepService } from './notice-upkeep.service.ts';

const TICK_MS = 1000;
/** Reminders need no second; looking for them costs some queries. */
const UPKEEP_EVERY = 15;

interface Dependencies {
  readonly deliverer: Pick<NoticeDeliverer, 'deliverDue'>;
  readonly upkeep: Pick<NoticeUpkeepService, 'tick'>;
  readonly logger: Pick<Logger, 'error'>;
}

/** Writes the notices that time causes and delivers all of them. All that is due is in the database, so a restart forgets nothing. */
export class NoticeClock {
  readonly #dependencies: Dependencies;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #ticks = 0;
  #isClosed = false;

  private constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  static start(dependencies: Dependencies): NoticeClock {
    return new NoticeClock(dependencies);
  }

  #tick(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    const { deliverer, upkeep, logger } = this.#dependencies;
    try {
      if (this.#ticks % UPKEEP_EVERY === 0) while (!this.#isClosed && (await upkeep.tick()));
      this.#ticks += 1;
      while (!this.#isClosed && (await deliverer.deliverDue()));
    } catch (error) {
      logger.error({ err: error }, 'notices could not be told');
    }
  }

  /** Waits for what is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
