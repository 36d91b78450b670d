import type { Conclusion, ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import { type CallingService, changed } from './calling.service.ts';
import { conclusionRepository, type StoredConclusion } from './conclusion.repository.ts';
import { AMENDABLE, assertWritable, newToken, toView } from './conclusion-rules.ts';
import type { ConsultationLoader } from './consultation.loader.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly calling: CallingService;
  readonly loader: ConsultationLoader;
}

/** The conclusion as it is written: autosaved until it is signed, then immutable; a correction is another edition. */
export class ConclusionService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #calling: CallingService;
  readonly #loader: ConsultationLoader;

  constructor({ store, clock, calling, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#calling = calling;
    this.#loader = loader;
  }

  /** The author sees the draft, the station and the coordinator only what is signed. Throws `conclusion.not_found`. */
  getConclusion(actor: Actor, id: RequestId): Promise<Conclusion> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read_signed_conclusion', id);
      const conclusion =
        actor.role === 'specialist'
          ? await conclusionRepository.find(tx, id)
          : await conclusionRepository.findSigned(tx, id);
      if (conclusion === undefined) throw new DomainError('conclusion.not_found');
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.read',
        entityType: 'conclusion',
        entityId: conclusion.id,
        detail: { requestId: id },
      });
      return toView(conclusion);
    });
  }

  /**
   * Throws `conclusion.version_conflict` when another tab or author saved since `baseVersion`; nothing is overwritten.
   * Saving again what the last save has stored, because its answer was lost, answers the same.
   */
  saveConclusion(actor: Actor, id: RequestId, baseVersion: number, content: ConclusionContent): Promise<Conclusion> {
    const at = this.#clock.instant();
    const firstId = newId<StoredConclusion['id']>();
    const token = newToken();
    return this.#store.transaction(async (tx) => {
      const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const stored = await conclusionRepository.find(tx, id);
      assertWritable(row, stored);
      if (stored?.version === baseVersion + 1 && canonicalize(stored.content) === canonicalize(content)) {
        return toView(stored);
      }
      if ((stored?.version ?? 0) !== baseVersion) throw new DomainError('conclusion.version_conflict');
      if (stored === undefined) {
        await conclusionRepository.insert(tx, {
          id: firstId,
          requestId: id,
          content,
          authorId: actor.userId,
          savedAt: at,
          token,
        });
      } else {
        await conclusionRepository.update(tx, id, baseVersion, { content, authorId: actor.userId, savedAt: at });
      }
      const saved = await conclusionRepository.find(tx, id);
      if (saved === undefined) throw new DomainError('conclusion.not_found');
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.save',
        entityType: 'conclusion',
        entityId: saved.id,
        detail: { requestId: id, version: saved.version },
      });
      return toView(saved);
    });
  }

  /**
   * A draft of the next edition, with the text of the signed one; the signed one stays what it is and stays in force. Begun already for
   * the same reason answers that draft, for another `conclusion.amendment_open`.
   */
  amend(actor: Actor, id: RequestId, reason: string): Promise<Conclusion> {
    const at = this.#clock.instant();
    const draftId = newId<StoredConclusion['id']>();
    const token = newToken();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const newest = await conclusionRepository.find(tx, id);
      if (newest === undefined) throw new DomainError('conclusion.not_found');
      if (newest.status === 'preliminary') {
        if (newest.edition > 1 && newest.amendReason === reason) return toView(newest);
        throw new DomainError(newest.edition > 1 ? 'conclusion.amendment_open' : 'consultation.state_conflict');
      }
      if (!isIn(row.status, AMENDABLE)) throw new DomainError('consultation.state_conflict');
      await conclusionRepository.insert(tx, {
        id: draftId,
        requestId: id,
        content: newest.content,
        authorId: actor.userId,
        savedAt: at,
        token,
        edition: newest.edition + 1,
        amendReason: reason,
      });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.begin_amendment',
        entityType: 'conclusion',
        entityId: draftId,
        detail: { requestId: id, edition: newest.edition + 1 },
      });
      outbox.push(changed(row, actor));
      return toView((await conclusionRepository.find(tx, id)) ?? newest);
    });
  }

  /** Answers the signed edition, which was in force all the time; nothing to throw away is harmless. */
  discardAmendment(actor: Actor, id: RequestId): Promise<Conclusion> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const newest = await conclusionRepository.find(tx, id);
      const signed = await conclusionRepository.findSigned(tx, id);
      if (newest === undefined || signed === undefined) throw new DomainError('conclusion.not_found');
      if (newest.id === signed.id) return toView(signed);
      await conclusionRepository.deleteDraft(tx, id);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.discard_amendment',
        entityType: 'conclusion',
        entityId: newest.id,
        detail: { requestId: id, edition: newest.edition },
      });
      outbox.push(changed(row, actor));
      return toView(signed);
    });
  }
}
