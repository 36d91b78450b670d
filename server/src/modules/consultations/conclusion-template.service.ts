import { LANGUAGES } from '@jaqyn/shared/auth/auth.contract';
import {
  type ConclusionTemplate,
  type ConclusionTemplateContent,
  type ConclusionTemplateVersion,
  unknownPlaceholders,
} from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { SpecialtyCode, TemplateId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { conclusionTemplateRepository, type StoredTemplate } from './conclusion-template.repository.ts';

interface TemplateChange {
  readonly baseVersion: number;
  readonly specialty: SpecialtyCode;
  readonly content: ConclusionTemplateContent;
  readonly isRetired: boolean;
}

/** Texts that conclusions begin with: a specialist writes the own ones, coordinator and administrator everybody's. */
export class ConclusionTemplateService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A specialist gets what may be inserted now: of the own specialty, not retired, the own ones first. */
  list(actor: Actor, specialty: SpecialtyCode | undefined): Promise<ConclusionTemplate[]> {
    const asked = actor.role === 'specialist' ? (actor.specialty ?? specialty) : specialty;
    return this.#store.read(async (tx) =>
      (await conclusionTemplateRepository.list(tx, actor.userId, asked))
        .map((template) => toView(template, actor))
        .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn)),
    );
  }

  /** Throws `conclusion_template.not_found` for what the actor may not write as for what is missing. */
  listVersions(actor: Actor, id: TemplateId): Promise<ConclusionTemplateVersion[]> {
    return this.#store.read(async (tx) => {
      const stored = await conclusionTemplateRepository.find(tx, id);
      if (stored?.ownerId !== ownerOf(actor)) throw new DomainError('conclusion_template.not_found');
      return conclusionTemplateRepository.listVersions(tx, id);
    });
  }

  /**
   * Throws `conclusion_template.not_found` for a foreign one as for a missing one, `conclusion_template.changed` when it is not at
   * `baseVersion` any more, `conclusion_template.placeholder_unknown`. Saving the same again answers the same.
   */
  async save(actor: Actor, id: TemplateId, change: TemplateChange): Promise<ConclusionTemplate> {
    const unknown = LANGUAGES.flatMap((language) =>
      Object.values(change.content[language]).flat().flatMap(unknownPlaceholders),
    );
    if (unknown.length > 0) {
      const fields = unknown.slice(0, 10).map((name) => ({ path: name.slice(0, 40), code: 'unknown' }));
      throw new DomainError('conclusion_template.placeholder_unknown', { fields });
    }
    const at = this.#clock.instant();
    const ownerId = ownerOf(actor);
    const specialty = actor.role === 'specialist' ? (actor.specialty ?? change.specialty) : change.specialty;
    return this.#store.transaction(async (tx) => {
      const stored = await conclusionTemplateRepository.find(tx, id);
      if (stored !== undefined && stored.ownerId !== ownerId) throw new DomainError('conclusion_template.not_found');
      if (stored === undefined && change.baseVersion > 0) throw new DomainError('conclusion_template.not_found');
      const { content, isRetired } = change;
      if (stored?.version === change.baseVersion + 1 && isSame(stored, change)) return toView(stored, actor);
      if ((stored?.version ?? 0) !== change.baseVersion) throw new DomainError('conclusion_template.changed');
      const written = { content, isRetired, updatedBy: actor.userId, updatedAt: at };
      if (stored === undefined) {
        await conclusionTemplateRepository.insert(tx, { id, specialty, ownerId, version: 1, ...written });
      } else if (!(await conclusionTemplateRepository.update(tx, id, change.baseVersion, written))) {
        throw new DomainError('conclusion_template.changed');
      }
      const saved = await conclusionTemplateRepository.find(tx, id);
      if (saved === undefined) throw new DomainError('conclusion_template.not_found');
      await conclusionTemplateRepository.insertVersion(tx, saved);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion_template.save',
        entityType: 'conclusion_template',
        entityId: id,
        detail: { version: change.baseVersion + 1, specialty, isRetired },
      });
      return toView(saved, actor);
    });
  }
}

/** Whose templates somebody writes: a specialist the own ones, the others everybody's. */
function ownerOf({ role, userId }: Actor): UserId | null {
  return role === 'specialist' ? userId : null;
}

function isSame(stored: StoredTemplate, { content, isRetired }: TemplateChange): boolean {
  return stored.isRetired === isRetired && canonicalize(stored.content) === canonicalize(content);
}

function toView({ ownerId, updatedBy: _by, ...template }: StoredTemplate, actor: Actor): ConclusionTemplate {
  return { ...template, isOwn: ownerId === actor.userId };
}
