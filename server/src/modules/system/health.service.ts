import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { getHealth } from '@jaqyn/shared/system/system.contract';
import type { Store } from '../../db/store.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { LastCheck } from './database-check.clock.ts';
import { systemRepository } from './system.repository.ts';

type Health = EndpointResponse<typeof getHealth>;

interface Dependencies {
  readonly store: Store;
  readonly logger: Pick<Logger, 'error'>;
  readonly version: string;
  /** What reading the whole database found. */
  readonly lastCheck: () => LastCheck;
  readonly workers: () => readonly { readonly isUp: boolean }[];
}

/** Looks afresh each time, so that a check that failed once heals by itself. */
export class HealthService {
  readonly #dependencies: Dependencies;
  readonly #startedAt = performance.now();

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  async getHealth(): Promise<Health> {
    const { version } = this.#dependencies;
    const all = this.#dependencies.workers();
    const workers = { running: all.filter((worker) => worker.isUp).length, wanted: all.length };
    const { isOk, isDemo } = await this.#checkDatabase();
    const { verdict, checkedAt } = this.#dependencies.lastCheck();
    const database = !isOk ? 'failing' : verdict === 'damaged' ? 'damaged' : 'ok';
    return {
      status: database === 'ok' && workers.running > 0 ? 'ok' : 'degraded',
      version,
      uptimeSeconds: Math.round((performance.now() - this.#startedAt) / 1000),
      workers,
      database,
      databaseCheckedAt: checkedAt,
      isDemo,
    };
  }

  async #checkDatabase(): Promise<{ isOk: boolean; isDemo: boolean }> {
    try {
      return { isOk: true, isDemo: await this.#dependencies.store.read((tx) => systemRepository.hasDemoUsers(tx)) };
    } catch (error) {
      this.#dependencies.logger.error({ err: error }, 'health: the database cannot be read');
      return { isOk: false, isDemo: false };
    }
  }
}
