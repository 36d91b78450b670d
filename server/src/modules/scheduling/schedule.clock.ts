import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { EventBus } from '../../kernel/event-bus.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { ScheduleUpkeepService } from './schedule-upkeep.service.ts';

const TICK_MS = 1000;
/** Requests that went their own way while nobody listened: a crash between a commit and its event, another process. */
const FOLLOW_ALL_MS = 10 * 60_000;

interface Dependencies {
  readonly upkeep: Pick<ScheduleUpkeepService, 'tick' | 'follow' | 'followAll'>;
  readonly bus: Pick<EventBus, 'on'>;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * What of the schedule happens by itself: holds and offers end, freed slots are offered, loads are carried on, appointments follow
 * their requests. All that is due is in the database, so a restart forgets nothing, and several processes may do it.
 */
export class ScheduleClock {
  readonly #upkeep: Dependencies['upkeep'];
  readonly #logger: Dependencies['logger'];
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #forget: () => void;
  readonly #following = new Set<Promise<void>>();
  #ticking: Promise<void> | undefined;
  readonly #stop = new AbortController();

  private constructor({ upkeep, bus, logger }: Dependencies) {
    this.#upkeep = upkeep;
    this.#logger = logger;
    this.#forget = bus.on('consultation:changed', ({ requestId }) => this.#follow(requestId));
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MS),
      setInterval(() => this.#track(this.#upkeep.followAll(this.#stop.signal)), FOLLOW_ALL_MS),
    ];
    this.#track(this.#upkeep.followAll(this.#stop.signal));
  }

  static start(dependencies: Dependencies): ScheduleClock {
    return new ScheduleClock(dependencies);
  }

  #tick(): void {
    this.#ticking ??= this.#untilDone().finally(() => {
      this.#ticking = undefined;
    });
  }

  /** Rounds until there is nothing left for now; a failing one ends it until the next second. */
  async #untilDone(): Promise<void> {
    try {
      while (!this.#stop.signal.aborted && (await this.#upkeep.tick()));
    } catch (error) {
      this.#logger.error({ err: error }, 'the upkeep of the schedule failed');
    }
  }

  #follow(requestId: RequestId): void {
    if (!this.#stop.signal.aborted) this.#track(this.#upkeep.follow(requestId));
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.#logger.error({ err: error }, 'appointments could not follow their requests'))
      .finally(() => void this.#following.delete(tracked));
    this.#following.add(tracked);
  }

  /** Waits for what is on its way and starts nothing more. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#forget();
    for (const timer of this.#timers) clearInterval(timer);
    await this.#ticking;
    await Promise.all(this.#following);
  }
}
