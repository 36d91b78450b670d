import { createHash } from 'node:crypto';
import type { Consent, ConsentInput, ConsentLanguage, ConsentText } from '@jaqyn/shared/consents/consent';
import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import type { ConsentTextId, RequestId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { type ConsentRow, consentRepository } from './consent.repository.ts';

/** Days for which the text that was in force before is still taken: a draft that waited for the link was read from it. */
const OLD_TEXT_DAYS = 7;

interface ConsentSubject {
  readonly requestId: RequestId;
  /** Null in an emergency until the patient is named. */
  readonly patientId: string | null;
}

/** What is read aloud before a consult, and what was said to it. */
export class ConsentService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** One text for each language, or every version for who edits them. */
  listTexts(actor: Actor, all: boolean): Promise<ConsentText[]> {
    const today = localDate(this.#clock.instant());
    const mayEdit = actor.role === 'coordinator' || actor.role === 'admin';
    return this.#store.read(async (tx) => {
      const texts = await consentRepository.listTexts(tx);
      if (all && mayEdit) return texts;
      const begun = texts.filter(({ effectiveFrom }) => effectiveFrom <= today);
      return [...new Map(begun.map((text) => [text.language, text])).values()];
    });
  }

  /** Throws `consent_text.changed` when somebody made a version meanwhile, `consent_text.past` for a day that has been. */
  saveText(
    actor: Actor,
    input: {
      readonly id: ConsentTextId;
      readonly language: ConsentLanguage;
      readonly baseVersion: number;
      readonly text: string;
      readonly effectiveFrom: CalendarDate;
    },
  ): Promise<ConsentText> {
    const at = this.#clock.instant();
    const { baseVersion, ...what } = input;
    const sha256 = createHash('sha256').update(input.text, 'utf8').digest('hex');
    return this.#store.transaction(async (tx) => {
      const stored = await consentRepository.findText(tx, input.id);
      if (stored !== undefined) {
        const isSame = stored.sha256 === sha256 && stored.effectiveFrom === input.effectiveFrom;
        if (!isSame || stored.language !== input.language) throw new DomainError('idempotency.key_reused');
        return stored;
      }
      const latest = await consentRepository.findLatestText(tx, input.language);
      if ((latest?.version ?? 0) !== baseVersion) throw new DomainError('consent_text.changed');
      if (input.effectiveFrom < localDate(at) || (latest && input.effectiveFrom < latest.effectiveFrom)) {
        throw new DomainError('consent_text.past', { fields: [{ path: 'effectiveFrom', code: 'past' }] });
      }
      const text: ConsentText = { ...what, version: baseVersion + 1, sha256 };
      await consentRepository.insertText(tx, { ...text, createdAt: at, createdBy: actor.userId });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'consent_text.save',
        entityType: 'consent_text',
        entityId: input.id,
        detail: { language: text.language, version: text.version, effectiveFrom: text.effectiveFrom, sha256 },
      });
      return text;
    });
  }

  /** For a unit of work of another module, which has checked who may. Newest first. */
  async listOfRequest(tx: Tx, requestId: RequestId): Promise<Consent[]> {
    const rows = await consentRepository.listOfRequest(tx, requestId);
    return rows.map(({ consent, byName }) => toConsent(consent, byName));
  }

  /**
   * Writes it down in the caller's unit of work; false when it was written before. Throws `idempotency.key_reused`,
   * `consent.text_changed` when what was read is not, or no longer, the text, `consent.representative_required`,
   * `consent.nothing_to_withdraw`.
   */
  async record(tx: Tx, actor: Actor, subject: ConsentSubject, input: ConsentInput, at: Instant): Promise<boolean> {
    const row = await this.#rowOf(tx, actor, subject, input, at);
    const stored = await consentRepository.findRow(tx, input.id);
    if (stored !== undefined) {
      if (!isSame(stored, row)) throw new DomainError('idempotency.key_reused');
      return false;
    }
    if (input.kind === 'withdrawn') {
      const [latest] = await consentRepository.listOfRequest(tx, subject.requestId);
      if (latest?.consent.kind !== 'given') throw new DomainError('consent.nothing_to_withdraw');
    }
    await consentRepository.insert(tx, row);
    await auditLog.append(tx, {
      at,
      actor,
      action: `consent.${input.kind === 'given' ? 'give' : input.kind === 'withdrawn' ? 'withdraw' : 'except'}`,
      entityType: 'consultation',
      entityId: subject.requestId,
      detail: {
        consentId: input.id,
        ...(row.textSha256 !== null && {
          textVersion: row.textVersion,
          textSha256: row.textSha256,
          language: row.language,
          method: row.method,
        }),
      },
    });
    return true;
  }

  async #rowOf(
    tx: Tx,
    actor: Actor,
    { requestId, patientId }: ConsentSubject,
    input: ConsentInput,
    at: Instant,
  ): Promise<Omit<ConsentRow, 'seq'>> {
    const base = { id: input.id, requestId, patientId, at, recordedBy: actor.userId };
    const nothing = { textId: null, textVersion: null, textSha256: null, language: null, method: null } as const;
    switch (input.kind) {
      case 'emergency':
      case 'withdrawn':
        return { ...base, ...nothing, kind: input.kind, representative: '', reason: input.reason };
      case 'given': {
        if (input.method === 'representative' && input.representative === '') {
          throw new DomainError('consent.representative_required', {
            fields: [{ path: 'representative', code: 'required' }],
          });
        }
        const text = await consentRepository.findText(tx, input.textId);
        if (text === undefined || text.sha256 !== input.sha256 || !(await isReadable(tx, text, at))) {
          throw new DomainError('consent.text_changed');
        }
        return {
          ...base,
          kind: 'given',
          textId: text.id,
          textVersion: text.version,
          textSha256: text.sha256,
          language: text.language,
          method: input.method,
          representative: input.representative,
          reason: '',
        };
      }
      default:
        return assertUnreachable(input);
    }
  }
}

/** In force, or was until some days ago. */
async function isReadable(tx: Tx, text: ConsentText, at: Instant): Promise<boolean> {
  if (text.effectiveFrom > localDate(at)) return false;
  const texts = await consentRepository.listTexts(tx);
  const next = texts.find(({ language, version }) => language === text.language && version === text.version + 1);
  return next === undefined || next.effectiveFrom > localDate(new Date(Date.parse(at) - OLD_TEXT_DAYS * 86_400_000));
}

function isSame(stored: ConsentRow, row: Omit<ConsentRow, 'seq'>): boolean {
  return (['requestId', 'kind', 'textId', 'method', 'representative', 'reason', 'recordedBy'] as const).every(
    (field) => stored[field] === row[field],
  );
}

/** A row as its readers see it. */
export function toConsent(row: Omit<ConsentRow, 'seq'>, byName: string): Consent {
  const { id, kind, textId, textVersion, textSha256, language, method, representative, reason, at } = row;
  return {
    id,
    kind,
    text: textId === null ? null : { id: textId, version: textVersion, sha256: textSha256, language },
    method,
    representative,
    reason,
    at,
    byName,
  } as Consent;
}
