import {
  BUILT_IN_LIMITS,
  type WaitingLimitEdition,
  type WaitingLimits,
} from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { WaitingLimitId } from '@jaqyn/shared/kernel/ids';
import { newestMade } from '@jaqyn/shared/kernel/newest-made';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { type StoredLimits, waitingLimitRepository } from './waiting-limit.repository.ts';

/** How long anybody may wait: editions, each in force from a moment on. */
export class WaitingLimitService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  async list(): Promise<{ current: WaitingLimits; editions: WaitingLimitEdition[] }> {
    const at = this.#clock.instant();
    const stored = await this.#store.read((tx) => waitingLimitRepository.list(tx));
    return { current: inForce(stored, at), editions: withStates(stored, at) };
  }

  /**
   * Adds an edition; one that would begin in the past begins now. Throws `waiting_limit.changed` when somebody made one that `seenId`
   * does not know, `idempotency.key_reused` for a known id with another content.
   */
  save(
    actor: Actor,
    id: WaitingLimitId,
    change: {
      readonly seenId: WaitingLimitId | null;
      readonly effectiveFrom: Instant;
      readonly limits: WaitingLimits;
    },
  ): Promise<WaitingLimitEdition> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const all = await waitingLimitRepository.list(tx);
      const stored = all.find((one) => one.id === id);
      if (stored === undefined) {
        if ((newestMade(all)?.id ?? null) !== change.seenId) throw new DomainError('waiting_limit.changed');
        const effectiveFrom = change.effectiveFrom < at ? at : change.effectiveFrom;
        await waitingLimitRepository.insert(tx, {
          id,
          effectiveFrom,
          limits: change.limits,
          createdBy: actor.userId,
          createdAt: at,
        });
        await auditLog.append(tx, {
          at,
          actor,
          action: 'waiting_limit.save',
          entityType: 'waiting_limit',
          entityId: id,
          detail: { effectiveFrom },
        });
      } else if (stored.createdBy !== actor.userId || canonicalize(stored.limits) !== canonicalize(change.limits)) {
        throw new DomainError('idempotency.key_reused');
      }
      const saved = withStates(await waitingLimitRepository.list(tx), at).find((one) => one.id === id);
      if (saved === undefined) throw new DomainError('server.internal');
      return saved;
    });
  }
}

/** For a unit of work: the limits of a moment. */
export async function findWaitingLimits(tx: Tx, at: Instant): Promise<WaitingLimits> {
  return inForce(await waitingLimitRepository.list(tx), at);
}

function inForce(newestFirst: readonly StoredLimits[], at: Instant): WaitingLimits {
  return newestFirst.find(({ effectiveFrom }) => effectiveFrom <= at)?.limits ?? BUILT_IN_LIMITS;
}

function withStates(newestFirst: readonly StoredLimits[], at: Instant): WaitingLimitEdition[] {
  let hasBegun = false;
  return newestFirst.map(({ createdBy: _by, ...edition }) => {
    if (edition.effectiveFrom > at) return { ...edition, state: 'to_come' };
    const state = hasBegun ? 'replaced' : 'in_force';
    hasBegun = true;
    return { ...edition, state };
  });
}
