import type { Conclusion, ConclusionContent, ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import { missingForSignature } from '@jaqyn/shared/consultations/conclusion.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { AuthService } from '../auth/auth.service.ts';
import { type CallingService, changed } from './calling.service.ts';
import { conclusionRepository } from './conclusion.repository.ts';
import { type ConclusionDocument, conclusionDocument } from './conclusion-document.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import type { RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly auth: Pick<AuthService, 'confirmPassword'>;
  readonly calling: CallingService;
  readonly loader: ConsultationLoader;
}

/** States in which the specialist writes. */
const WRITABLE = ['in_call', 'interrupted', 'async_assigned', 'conclusion_draft', 'awaiting_signature'] as const;

/** The conclusion: autosaved, previewed as it will be signed, signed once, then immutable. */
export class ConclusionService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #auth: Pick<AuthService, 'confirmPassword'>;
  readonly #calling: CallingService;
  readonly #loader: ConsultationLoader;

  constructor({ store, clock, auth, calling, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#auth = auth;
    this.#calling = calling;
    this.#loader = loader;
  }

  /** The author sees the draft, the station and the coordinator only what is signed. Throws `conclusion.not_found`. */
  getConclusion(actor: Actor, id: RequestId): Promise<Conclusion> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read_signed_conclusion', id);
      const conclusion = await conclusionRepository.find(tx, id);
      if (conclusion === undefined || (conclusion.status === 'preliminary' && actor.role !== 'specialist')) {
        throw new DomainError('conclusion.not_found');
      }
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.read',
        entityType: 'conclusion',
        entityId: conclusion.id,
        detail: { requestId: id },
      });
      return conclusion;
    });
  }

  /**
   * Throws `conclusion.version_conflict` when another tab or author saved since `baseVersion`; nothing is overwritten.
   * Saving again what the last save has stored, because its answer was lost, answers the same.
   */
  saveConclusion(actor: Actor, id: RequestId, baseVersion: number, content: ConclusionContent): Promise<Conclusion> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const stored = await conclusionRepository.find(tx, id);
      if (stored !== undefined && stored.status !== 'preliminary') throw new DomainError('conclusion.signed');
      if (!isIn(row.status, WRITABLE)) throw new DomainError('consultation.state_conflict');
      if (stored?.version === baseVersion + 1 && canonicalize(stored.content) === canonicalize(content)) return stored;
      if ((stored?.version ?? 0) !== baseVersion) throw new DomainError('conclusion.version_conflict');
      if (stored === undefined) {
        await conclusionRepository.insert(tx, {
          id: newId(),
          requestId: id,
          content,
          authorId: actor.userId,
          savedAt: at,
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
      return saved;
    });
  }

  /** The exact bytes that signing would bind. Throws `conclusion.incomplete` naming the empty fields. */
  async preview(actor: Actor, id: RequestId): Promise<ConclusionPreview> {
    const { conclusion, document } = await this.#store.read((tx) => this.#loadForSignature(tx, actor, id));
    return { version: conclusion.version, content: conclusion.content, ...document };
  }

  /**
   * Signs the bytes whose hash the signer saw. Throws `conclusion.preview_stale` when anything changed since,
   * `auth.invalid_credentials` for a wrong password. Signing the same bytes again answers the signed conclusion.
   */
  async sign(actor: Actor, id: RequestId, sha256: string, password: string): Promise<Conclusion> {
    await this.#auth.confirmPassword(actor, password);
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const stored = await conclusionRepository.find(tx, id);
      if (stored?.status === 'final' && stored.sha256 === sha256) return stored;
      const { row, conclusion, document } = await this.#loadForSignature(tx, actor, id);
      if (document.sha256 !== sha256) throw new DomainError('conclusion.preview_stale');

      const signed = await conclusionRepository.sign(tx, id, conclusion.version, {
        signedAt: at,
        signedBytes: document.canonical,
        sha256,
      });
      if (!signed) throw new DomainError('conclusion.preview_stale');
      outbox.push(changed(await walkToSigned(tx, row, actor, at, sha256), actor));
      return (await conclusionRepository.find(tx, id)) ?? conclusion;
    });
  }

  async #loadForSignature(
    tx: Tx,
    actor: Actor,
    id: RequestId,
  ): Promise<{ row: RequestRow; conclusion: Conclusion; document: ConclusionDocument }> {
    const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
    const conclusion = await conclusionRepository.find(tx, id);
    if (conclusion === undefined) throw new DomainError('conclusion.not_found');
    if (conclusion.status !== 'preliminary') throw new DomainError('conclusion.signed');
    if (!isIn(row.status, WRITABLE)) throw new DomainError('consultation.state_conflict');
    const missing: string[] = missingForSignature(conclusion.content);
    if (row.patientId === null) missing.push('patient');
    if (missing.length > 0) {
      throw new DomainError('conclusion.incomplete', { fields: missing.map((path) => ({ path, code: 'required' })) });
    }
    return { row, conclusion, document: conclusionDocument(await this.#loader.getView(tx, id), conclusion) };
  }
}

/** From wherever the writing happened to `signed`, one audited step at a time. */
async function walkToSigned(
  tx: Tx,
  from: RequestRow,
  actor: Actor,
  at: Parameters<typeof transition>[2]['at'],
  sha256: string,
) {
  let row = from;
  if (isIn(row.status, ['in_call', 'interrupted', 'async_assigned'])) {
    row = await transition(tx, row, { event: 'end_call', actor, at, change: { endedAt: at } });
  }
  if (row.status === 'conclusion_draft') row = await transition(tx, row, { event: 'present_for_signature', actor, at });
  return transition(tx, row, { event: 'sign', actor, at, detail: { sha256 } });
}
