import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Logger } from '../../kernel/logger.ts';
import type { CallingService } from './calling.service.ts';

type Side = 'station' | 'specialist';

/** After a restart: how long both sides have to come back by themselves before the call counts as interrupted. */
const RETURN_MS = 60_000;

/**
 * Turns who sits in the media room into the life of the request: a call that loses a side is interrupted, one that has both
 * again goes on. Somebody who comes into an empty room interrupts nothing: that is how a call returns after a restart.
 */
export class CallPresence {
  readonly #calling: Pick<CallingService, 'roomPresenceChanged' | 'listLiveCalls'>;
  readonly #logger: Pick<Logger, 'error'>;
  readonly #sides = new Map<RequestId, readonly Side[]>();
  readonly #returnTimer: NodeJS.Timeout;

  private constructor(
    calling: Pick<CallingService, 'roomPresenceChanged' | 'listLiveCalls'>,
    logger: Pick<Logger, 'error'>,
    returnMs: number,
  ) {
    this.#calling = calling;
    this.#logger = logger;
    this.#returnTimer = setTimeout(() => void this.#interruptWhoDidNotReturn(), returnMs);
    this.#returnTimer.unref();
  }

  static create(dependencies: {
    calling: Pick<CallingService, 'roomPresenceChanged' | 'listLiveCalls'>;
    logger: Pick<Logger, 'error'>;
    returnMs?: number;
  }): CallPresence {
    return new CallPresence(dependencies.calling, dependencies.logger, dependencies.returnMs ?? RETURN_MS);
  }

  /** Called in order, after each change. */
  sidesChanged(requestId: RequestId, sides: readonly Side[]): void {
    const before = this.#sides.get(requestId) ?? [];
    if (sides.length === 0) this.#sides.delete(requestId);
    else this.#sides.set(requestId, sides);
    if (sides.length === 2) this.#tell(requestId, true);
    else if (before.length > sides.length) this.#tell(requestId, false);
  }

  close(): void {
    clearTimeout(this.#returnTimer);
  }

  #tell(requestId: RequestId, isBothPresent: boolean): void {
    this.#calling
      .roomPresenceChanged(requestId, isBothPresent)
      .catch((error: unknown) =>
        this.#logger.error({ err: error, requestId }, 'the call’s state could not follow its room'),
      );
  }

  async #interruptWhoDidNotReturn(): Promise<void> {
    try {
      for (const requestId of await this.#calling.listLiveCalls()) {
        if (this.#sides.get(requestId)?.length !== 2) this.#tell(requestId, false);
      }
    } catch (error) {
      this.#logger.error({ err: error }, 'calls could not be compared with rooms after the start');
    }
  }
}
