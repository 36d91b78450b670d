import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { LinkSample, StoredLinkSample } from '@jaqyn/shared/link-samples/link-sample.contract';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { ConsultationLoader } from '../consultations/consultation.loader.ts';
import { linkSampleRepository } from './link-sample.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly loader: Pick<ConsultationLoader, 'getRow'>;
}

type Side = StoredLinkSample['side'];

/** A day of one call, from two ends and twice each: nobody fills the disk with samples. */
const MAX_ROWS = 40_000;
/** Clocks are set by the server's answers and still differ a little. */
const AHEAD_MS = 60_000;
/** Longer than a browser keeps them. */
const BEHIND_MS = 3 * 3_600_000;

/** How calls were, every ten seconds: kept with the consult, so that "the link was bad" is something one can look at. */
export class LinkSampleService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #loader: Dependencies['loader'];

  constructor({ store, clock, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#loader = loader;
  }

  /** What a browser says of its own end. Samples of a time that cannot be are dropped, the rest is kept. */
  async report(actor: Actor, requestId: RequestId, side: Side, samples: readonly LinkSample[]): Promise<void> {
    const now = this.#clock.now().getTime();
    const possible = samples.filter(({ at }) => {
      const age = now - Date.parse(at);
      return age > -AHEAD_MS && age < BEHIND_MS;
    });
    await this.#store.transaction(async (tx) => {
      if ((await linkSampleRepository.count(tx, requestId)) >= MAX_ROWS) throw new DomainError('request.rate_limited');
      await linkSampleRepository.save(
        tx,
        possible.map((sample) => ({ ...sample, requestId, userId: actor.userId, side, origin: 'client' as const })),
      );
    });
  }

  /** Throws `consultation.not_found`. */
  async list(actor: Actor, requestId: RequestId): Promise<{ samples: StoredLinkSample[] }> {
    return this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read', requestId);
      const rows = await linkSampleRepository.list(tx, requestId);
      return { samples: rows.map(({ requestId: _, userId: __, ...sample }) => sample as StoredLinkSample) };
    });
  }
}
