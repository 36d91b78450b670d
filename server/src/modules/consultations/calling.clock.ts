import type { Logger } from '../../kernel/logger.ts';
import type { CallingService } from './calling.service.ts';

const TICK_MS = 1000;

/** Moves the ladder on when a rung has run out, and settles calls that do not come back. The deadlines are in the database, so a restart forgets none. */
export class CallingClock {
  readonly #calling: Pick<CallingService, 'escalateDue' | 'settleInterrupted'>;
  readonly #logger: Pick<Logger, 'error'>;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;

  private constructor(
    calling: Pick<CallingService, 'escalateDue' | 'settleInterrupted'>,
    logger: Pick<Logger, 'error'>,
  ) {
    this.#calling = calling;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  static start(dependencies: {
    calling: Pick<CallingService, 'escalateDue' | 'settleInterrupted'>;
    logger: Pick<Logger, 'error'>;
  }): CallingClock {
    return new CallingClock(dependencies.calling, dependencies.logger);
  }

  #tick(): void {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
  }

  async #round(): Promise<void> {
    await this.#calling
      .escalateDue()
      .catch((error: unknown) => this.#logger.error({ err: error }, 'the ladder could not move on'));
    await this.#calling
      .settleInterrupted()
      .catch((error: unknown) => this.#logger.error({ err: error }, 'interrupted calls could not be settled'));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
