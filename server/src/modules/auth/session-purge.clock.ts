import type { Logger } from '../../kernel/logger.ts';
import type { AuthService } from './auth.service.ts';

const EVERY_MS = 3_600_000;

/** Forgets old sessions at the start and every hour; several processes may. */
export class SessionPurgeClock {
  readonly #auth: Pick<AuthService, 'purgeSessions'>;
  readonly #logger: Pick<Logger, 'error'>;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #isClosed = false;

  private constructor({ auth, logger }: { auth: Pick<AuthService, 'purgeSessions'>; logger: Pick<Logger, 'error'> }) {
    this.#auth = auth;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#tick(), EVERY_MS);
    this.#tick();
  }

  static start(dependencies: {
    auth: Pick<AuthService, 'purgeSessions'>;
    logger: Pick<Logger, 'error'>;
  }): SessionPurgeClock {
    return new SessionPurgeClock(dependencies);
  }

  #tick(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isClosed && (await this.#auth.purgeSessions()));
    } catch (error) {
      this.#logger.error({ err: error }, 'old sessions could not be forgotten');
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
