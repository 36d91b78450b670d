import type { Consent, ConsentInput } from '@jaqyn/shared/consents/consent';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestCardInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { judgeCompleteness } from '@jaqyn/shared/protocols/completeness';
import { needsOverride } from '@jaqyn/shared/protocols/danger-signs';
import type { CompletenessContent } from '@jaqyn/shared/protocols/protocol.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import type { ConsentService } from '../consents/consent.service.ts';
import type { TerminologyService } from '../terminologies/terminology.service.ts';
import { type CallingService, changed } from './calling.service.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import { consultationRepository, type RequestRow, URGENCY_RANK } from './consultation.repository.ts';
import { type CardRow, requestCardRepository } from './request-card.repository.ts';
import type { RequestCardWriter } from './request-card-writer.ts';

const PREVIEWED = 20;

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly calling: CallingService;
  readonly loader: ConsultationLoader;
  readonly writer: RequestCardWriter;
  readonly consents: Pick<ConsentService, 'record' | 'listOfRequest'>;
  readonly terminologies: Pick<TerminologyService, 'assertUsable'>;
}

interface CardChange {
  readonly baseVersion: number;
  readonly card: RequestCardInput;
  readonly preliminaryCode?: string | undefined;
}

/** The card of a request that was sent: completed while waiting, in the call and after it, until the conclusion is signed. */
export class RequestCardService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #reads: ReadLog;
  readonly #calling: CallingService;
  readonly #loader: ConsultationLoader;
  readonly #writer: RequestCardWriter;
  readonly #consents: Dependencies['consents'];
  readonly #terminologies: Dependencies['terminologies'];

  constructor({ store, clock, calling, loader, writer, consents, terminologies }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#reads = new ReadLog({ store, clock });
    this.#calling = calling;
    this.#loader = loader;
    this.#writer = writer;
    this.#consents = consents;
    this.#terminologies = terminologies;
  }

  /**
   * Throws `consultation.not_found`, `consultation.state_conflict` once it is signed or over, `request_card.changed` when somebody saved
   * meanwhile, `terminology.code_unknown`. Danger signs that ask for more urgency raise it, unless a reason says why not. Saving the
   * same again answers the same.
   */
  save(actor: Actor, id: RequestId, change: CardChange): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'act_as_station', id);
      const stored = await requestCardRepository.find(tx, id);
      if (stored !== undefined && stored.version === change.baseVersion + 1 && isSame(stored, row, change)) {
        await this.#writer.hang(tx, actor, row, change.card, at);
        return this.#loader.getView(tx, id);
      }
      if (!isIn(row.status, CARD_OPEN)) throw new DomainError('consultation.state_conflict');
      if ((stored?.version ?? 0) !== change.baseVersion) throw new DomainError('request_card.changed');
      if (change.preliminaryCode !== undefined) await this.#terminologies.assertUsable(tx, change.preliminaryCode, at);

      const raisedTo = await this.#write(tx, actor, row, stored, change, at);
      const isRaised = change.card.dangerCheck?.overrideReason === '' && needsOverride(row.urgency, raisedTo);
      const urgency = isRaised && raisedTo !== undefined ? raisedTo : row.urgency;
      const { preliminaryCode = row.preliminaryCode } = change;
      await consultationRepository.touch(tx, id, { urgency, urgencyRank: URGENCY_RANK[urgency], preliminaryCode });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'consultation.complete_card',
        entityType: 'consultation',
        entityId: id,
        detail: { version: change.baseVersion + 1, ...(urgency !== row.urgency && { urgency, from: row.urgency }) },
      });
      const after = await consultationRepository.find(tx, id);
      if (after !== undefined) outbox.push(changed(after, actor));
      return this.#loader.getView(tx, id);
    });
  }

  async #write(
    tx: Tx,
    actor: Actor,
    row: RequestRow,
    stored: CardRow | undefined,
    { baseVersion, card }: CardChange,
    at: Instant,
  ) {
    if (stored === undefined) {
      await this.#writer.open(tx, actor, row, { ...card, dangerCheck: undefined, consent: undefined }, at);
    } else {
      const { complaints, anamnesis, urgencyReason, pregnancy } = card;
      const notPossible = JSON.stringify(card.notPossible);
      const content = { complaints, anamnesis, urgencyReason, pregnancy, notPossible };
      const by = { updatedAt: at, updatedBy: actor.userId };
      if (!(await requestCardRepository.update(tx, row.id as RequestId, baseVersion, { ...content, ...by }))) {
        throw new DomainError('request_card.changed');
      }
    }
    return this.#writer.hang(tx, actor, row, card, at);
  }

  /** Throws `consultation.not_found`, and what {@link ConsentService.record} throws. A withdrawal is taken whatever the state. */
  recordConsent(actor: Actor, id: RequestId, input: ConsentInput): Promise<Consent> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'act_as_station', id);
      const { patientId } = row;
      const isOpen = input.kind === 'withdrawn' || isIn(row.status, CARD_OPEN);
      if (!isOpen && !(await this.#isRecorded(tx, id, input))) throw new DomainError('consultation.state_conflict');
      if (await this.#consents.record(tx, actor, { requestId: id, patientId }, input, at)) {
        await consultationRepository.touch(tx, id);
        const after = await consultationRepository.find(tx, id);
        if (after !== undefined) outbox.push(changed(after, actor));
      }
      const recorded = (await this.#consents.listOfRequest(tx, id)).find((one) => one.id === input.id);
      if (recorded === undefined) throw new DomainError('consultation.not_found');
      return recorded;
    });
  }

  /** Newest first. Throws `consultation.not_found`; the reading is audited. */
  async listConsents(actor: Actor, id: RequestId): Promise<Consent[]> {
    const consents = await this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read', id);
      return this.#consents.listOfRequest(tx, id);
    });
    await this.#reads.record(actor, { action: 'consultation.read', entityType: 'consultation', entityIds: [id] });
    return consents;
  }

  /** How the latest requests of a specialty would be judged: figures without names. */
  preview(code: string, content: CompletenessContent) {
    return this.#store.read(async (tx) => {
      const ids = await requestCardRepository.listLatestOf(tx, code, PREVIEWED);
      const judgements = await this.#loader.listCardFacts(tx, ids);
      return judgements.map(({ number, card, facts }) => {
        const { ready, expected } = judgeCompleteness(content, facts);
        const { ready: readyBefore = 0, expected: expectedBefore = 0 } = card?.completeness ?? {};
        return { number, before: { ready: readyBefore, expected: expectedBefore }, after: { ready, expected } };
      });
    });
  }

  async #isRecorded(tx: Tx, id: RequestId, input: ConsentInput): Promise<boolean> {
    return (await this.#consents.listOfRequest(tx, id)).some((one) => one.id === input.id);
  }
}

/** Until it is signed: what was signed was judged by the card as it was. */
const CARD_OPEN = [
  'submitted',
  'in_triage',
  'info_requested',
  'redirected',
  'accepted',
  'ringing',
  'escalated',
  'booked',
  'waitlisted',
  'checked_in',
  'no_show',
  'async_assigned',
  'in_call',
  'interrupted',
  'conclusion_draft',
  'awaiting_signature',
] as const;

function isSame(stored: CardRow, row: RequestRow, { card, preliminaryCode }: CardChange): boolean {
  const fields = ['complaints', 'anamnesis', 'urgencyReason', 'pregnancy'] as const;
  return (
    (preliminaryCode === undefined || preliminaryCode === row.preliminaryCode) &&
    fields.every((field) => stored[field] === card[field]) &&
    canonicalize(JSON.parse(stored.notPossible)) === canonicalize(card.notPossible)
  );
}
