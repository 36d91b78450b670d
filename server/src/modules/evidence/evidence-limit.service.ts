import type { EvidenceLimitEdition } from '@jaqyn/shared/evidence/evidence-limit.contract';
import { type EvidenceLimits, FIRST_LIMITS } from '@jaqyn/shared/evidence/judgement';
import type { EvidenceLimitId } from '@jaqyn/shared/kernel/ids';
import { newestMade } from '@jaqyn/shared/kernel/newest-made';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { fromMinute, minuteAt } from '@jaqyn/shared/scheduling/local-day';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { evidenceLimitRepository, type StoredEvidenceLimits } from './evidence-limit.repository.ts';

/**
 * By what a consult is judged payable: editions, each for the requests made from a moment on. None begins in the past, so a
 * verdict that was given stays what it was.
 */
export class EvidenceLimitService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  async list(): Promise<{
    current: EvidenceLimits;
    editions: EvidenceLimitEdition[];
    newestId: EvidenceLimitId | null;
  }> {
    const at = this.#clock.instant();
    const stored = await this.#store.read((tx) => evidenceLimitRepository.list(tx));
    const current = stored.find(({ effectiveFrom }) => effectiveFrom <= at)?.limits ?? FIRST_LIMITS;
    return { current, editions: withStates(stored, at), newestId: newestMade(stored)?.id ?? null };
  }

  /**
   * Adds an edition: one for today begins now. Throws `evidence_limit.past` for a day that has been, `evidence_limit.changed` when
   * somebody made one meanwhile, `idempotency.key_reused` for a known id with another content.
   */
  save(
    actor: Actor,
    id: EvidenceLimitId,
    change: {
      readonly seenId: EvidenceLimitId | null;
      readonly effectiveFrom: CalendarDate;
      readonly limits: EvidenceLimits;
    },
  ): Promise<EvidenceLimitEdition> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const stored = await evidenceLimitRepository.list(tx);
      const known = stored.find((one) => one.id === id);
      if (known === undefined) await this.#add(tx, actor, { id, ...change }, { stored, at });
      else if (known.createdBy !== actor.userId || !isSame(known, change)) {
        throw new DomainError('idempotency.key_reused');
      }
      const saved = withStates(await evidenceLimitRepository.list(tx), at).find((one) => one.id === id);
      if (saved === undefined) throw new DomainError('server.internal');
      return saved;
    });
  }

  async #add(
    tx: Tx,
    actor: Actor,
    change: {
      readonly id: EvidenceLimitId;
      readonly seenId: EvidenceLimitId | null;
      readonly effectiveFrom: CalendarDate;
      readonly limits: EvidenceLimits;
    },
    { stored, at }: { stored: readonly StoredEvidenceLimits[]; at: Instant },
  ): Promise<void> {
    const { id, seenId, limits } = change;
    if ((newestMade(stored)?.id ?? null) !== seenId) throw new DomainError('evidence_limit.changed');
    if (change.effectiveFrom < localDate(at)) {
      throw new DomainError('evidence_limit.past', { fields: [{ path: 'effectiveFrom', code: 'past' }] });
    }
    const day = fromMinute(minuteAt(change.effectiveFrom, 0));
    const effectiveFrom = day < at ? at : day;
    await evidenceLimitRepository.insert(tx, {
      id,
      effectiveFrom,
      limits,
      createdBy: actor.userId,
      createdAt: at,
    });
    await auditLog.append(tx, {
      at,
      actor,
      action: 'evidence_limit.save',
      entityType: 'evidence_limit',
      entityId: id,
      detail: { effectiveFrom, ...limits },
    });
  }
}

function isSame(
  known: StoredEvidenceLimits,
  change: { readonly effectiveFrom: CalendarDate; readonly limits: EvidenceLimits },
): boolean {
  return (
    localDate(known.effectiveFrom) === change.effectiveFrom &&
    canonicalize(known.limits) === canonicalize(change.limits)
  );
}

/** One that was followed by another of the same moment never held, and never will. */
function withStates(newestFirst: readonly StoredEvidenceLimits[], at: Instant): EvidenceLimitEdition[] {
  let hasBegun = false;
  return newestFirst.map(({ createdBy: _by, ...edition }, place) => {
    const isOutdone = newestFirst[place - 1]?.effectiveFrom === edition.effectiveFrom;
    if (edition.effectiveFrom > at) return { ...edition, state: isOutdone ? 'replaced' : 'to_come' };
    const state = hasBegun ? 'replaced' : 'in_force';
    hasBegun = true;
    return { ...edition, state };
  });
}
