import { DomainError } from '../kernel/domain-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MediaWorkerStatus } from './media-port.ts';
import { listenToMediasoup, MediaWorker, type WorkerOptions } from './media-worker.ts';

interface Options {
  /** One per core. */
  readonly count: number;
  /** Port of the first worker's WebRTC server, the next one takes the next; 0 takes free ones. */
  readonly basePort: number;
  readonly listenIps: readonly string[];
  /** Told to clients in place of every address that is not loopback. */
  readonly announcedAddress?: string | undefined;
  readonly logger: Logger;
  readonly onDeath?: () => void;
  /** For tests that make starting fail. */
  readonly startWorker?: (options: WorkerOptions) => Promise<MediaWorker>;
}

interface Slot {
  readonly index: number;
  worker: MediaWorker | undefined;
  deaths: number;
  /** Starts in a row that did not last. */
  failures: number;
}

/** Milliseconds before the n-th start in a row: the first replacement comes at once, a worker that cannot live is not hammered. */
const BACK_OFF_MS = [0, 250, 1000, 3000, 10_000];
/** A worker that lived so long was healthy: the next death is the first again. */
const HEALTHY_MS = 60_000;
/** How long a room waits for a worker when none is up. A start takes about 50 ms. */
const PATIENCE_MS = 10_000;

/** One worker process a core, each with its port. A dead one is replaced; those beside it do not notice. */
export class WorkerPool {
  /** Resolves when all are up. Throws what the first one threw: a port in use, an address this machine does not have. */
  static async create(options: Options): Promise<WorkerPool> {
    if (options.listenIps.some((ip) => isWildcard(ip)) && options.announcedAddress === undefined) {
      throw new DomainError('server.config_invalid', {
        fields: [{ path: 'JAQYN_RTC_ANNOUNCED_ADDRESS', code: 'needed_with_wildcard_address' }],
      });
    }
    listenToMediasoup(options.logger);
    const pool = new WorkerPool(options);
    const starts = await Promise.allSettled(pool.#slots.map((slot) => pool.#start(slot)));
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed) {
      await pool.close();
      throw failed.reason;
    }
    return pool;
  }

  readonly #options: Options;
  readonly #slots: Slot[];
  readonly #waiters = new Set<() => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, (_, index) => ({
      index,
      worker: undefined,
      deaths: 0,
      failures: 0,
    }));
  }

  /** The worker with the fewest transports; waits when none is up. Throws `media.unavailable` when none came in time. */
  async leastLoaded(): Promise<MediaWorker> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const [best] = this.#slots
        // A dying worker closes its routers before it says that it died.
        .flatMap(({ worker }) => (worker?.isUp ? [worker] : []))
        .sort((a, b) => a.load - b.load);
      if (best !== undefined) return best;
      const patience = deadline - performance.now();
      if (this.#isClosed || patience <= 0) throw new DomainError('media.unavailable', { retryAfter: 2 });
      await this.#oneIsUp(patience);
    }
  }

  status(): readonly MediaWorkerStatus[] {
    return this.#slots.map(({ index, worker, deaths }) => ({
      index,
      isUp: worker?.isUp ?? false,
      pid: worker?.pid,
      transports: worker?.transports ?? 0,
      deaths,
    }));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const wake of this.#waiters) wake();
    await Promise.all(this.#slots.map(({ worker }) => worker?.close()));
  }

  async #start(slot: Slot): Promise<void> {
    const { basePort, listenIps, announcedAddress, logger, startWorker = MediaWorker.create } = this.#options;
    const worker = await startWorker({
      port: basePort === 0 ? undefined : basePort + slot.index,
      listenIps,
      announcedAddress,
      logger,
    });
    if (this.#isClosed) return void worker.close();
    const startedAt = performance.now();
    slot.worker = worker;
    worker.onDied(() => this.#died(slot, performance.now() - startedAt));
    logger.info({ worker: slot.index, pid: worker.pid, port: worker.port }, 'media worker up');
    for (const wake of this.#waiters) wake();
  }

  #died(slot: Slot, lifeMs: number): void {
    slot.worker = undefined;
    slot.deaths += 1;
    if (lifeMs >= HEALTHY_MS) slot.failures = 0;
    this.#options.onDeath?.();
    this.#replace(slot);
  }

  #replace(slot: Slot): void {
    if (this.#isClosed) return;
    const delay = BACK_OFF_MS[Math.min(slot.failures, BACK_OFF_MS.length - 1)] ?? 0;
    slot.failures += 1;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#start(slot).catch((error: unknown) => {
        this.#options.logger.error({ err: error, worker: slot.index }, 'media worker did not start');
        this.#replace(slot);
      });
    }, delay);
    this.#timers.add(timer);
  }

  #oneIsUp(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiters.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, patienceMs);
      this.#waiters.add(wake);
    });
  }
}

function isWildcard(ip: string): boolean {
  return ip === '0.0.0.0' || ip === '::';
}
