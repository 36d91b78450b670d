import { createHash } from 'node:crypto';
import { type CardContent, EMPTY_CARD, type RequestCardInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { Urgency } from '@jaqyn/shared/consultations/urgency';
import type { PatientId, RequestId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { isMinor } from '@jaqyn/shared/patients/age';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { needsOverride, raisedBy } from '@jaqyn/shared/protocols/danger-signs';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { ConsentService } from '../consents/consent.service.ts';
import type { ProtocolService } from '../protocols/protocol.service.ts';
import type { RequestRow } from './consultation.repository.ts';
import { requestCardRepository } from './request-card.repository.ts';

type Request = Pick<RequestRow, 'id' | 'patientId' | 'specialty'>;

interface Dependencies {
  readonly protocols: Pick<ProtocolService, 'findCompleteness' | 'getDangerProtocols'>;
  readonly consents: Pick<ConsentService, 'record'>;
}

/** Writes what hangs on a request's card in the caller's unit of work. */
export class RequestCardWriter {
  readonly #protocols: Dependencies['protocols'];
  readonly #consents: Dependencies['consents'];

  constructor({ protocols, consents }: Dependencies) {
    this.#protocols = protocols;
    this.#consents = consents;
  }

  /**
   * The card of a new request, judged from now on by the protocol in force today. Throws `request.invalid` for unknown protocols or
   * signs, `danger_check.reason_required` where it is less urgent than the signs ask for and nobody says why, and what {@link ConsentService.record} throws.
   */
  async open(
    tx: Tx,
    actor: Actor,
    request: Request & Pick<RequestRow, 'urgency'>,
    input: RequestCardInput | undefined,
    at: Instant,
  ): Promise<void> {
    const protocol = await this.#protocols.findCompleteness(tx, request.specialty, localDate(at));
    const card = contentOf(input ?? EMPTY_CARD);
    await requestCardRepository.insert(tx, {
      requestId: request.id,
      version: 1,
      ...card,
      notPossible: JSON.stringify(card.notPossible),
      protocolId: protocol?.id ?? null,
      intakeSha256: intakeDigest(input),
      updatedAt: at,
      updatedBy: actor.userId,
    });
    if (input === undefined) return;
    const raisedTo = await this.hang(tx, actor, request, input, at);
    if (needsOverride(request.urgency, raisedTo) && input.dangerCheck?.overrideReason === '') {
      throw new DomainError('danger_check.reason_required', {
        fields: [{ path: 'card.dangerCheck.overrideReason', code: 'required' }],
      });
    }
  }

  /** Danger signs, consent and the confirmed summary, each where it is there and new. Answers the urgency the signs ask for. */
  async hang(
    tx: Tx,
    actor: Actor,
    request: Request,
    input: RequestCardInput,
    at: Instant,
  ): Promise<Urgency | undefined> {
    const requestId = request.id as RequestId;
    const raisedTo = await this.#hangDangerCheck(tx, actor, requestId, input, at);
    if (input.consent !== undefined) {
      await this.#consents.record(tx, actor, { requestId, patientId: request.patientId }, input.consent, at);
    }
    const { confirmedSummary } = input;
    if (confirmedSummary !== undefined && request.patientId !== null) {
      const last = await requestCardRepository.findConfirmation(tx, requestId);
      if (last?.summaryVersion !== confirmedSummary || last.patientId !== request.patientId) {
        const patientId = request.patientId as PatientId;
        const row = { requestId, patientId, summaryVersion: confirmedSummary, at, confirmedBy: actor.userId };
        await requestCardRepository.insertConfirmation(tx, row);
        await auditLog.append(tx, {
          at,
          actor,
          action: 'consultation.confirm_summary',
          entityType: 'consultation',
          entityId: requestId,
          detail: { patientId, summaryVersion: confirmedSummary },
        });
      }
    }
    return raisedTo;
  }

  async #hangDangerCheck(
    tx: Tx,
    actor: Actor,
    requestId: RequestId,
    { dangerCheck }: RequestCardInput,
    at: Instant,
  ): Promise<Urgency | undefined> {
    if (dangerCheck === undefined) return undefined;
    const { protocols: checked, overrideReason } = dangerCheck;
    const ids = checked.map(({ id }) => id);
    const protocols = await this.#protocols.getDangerProtocols(tx, ids, localDate(at));
    const found = checked.flatMap(({ signs }, index) =>
      signs.map((key) => {
        const sign = protocols[index]?.content.signs.find((one) => one.key === key);
        if (sign === undefined) {
          throw new DomainError('request.invalid', { fields: [{ path: 'dangerCheck.protocols', code: 'unknown' }] });
        }
        return sign;
      }),
    );
    const raisedTo = raisedBy(found);
    const last = await requestCardRepository.findDangerCheck(tx, requestId);
    const isSame =
      last !== undefined &&
      last.overrideReason === overrideReason &&
      canonicalize(JSON.parse(last.protocols)) === canonicalize(checked);
    if (!isSame) {
      await requestCardRepository.insertDangerCheck(tx, {
        requestId,
        protocols: checked,
        raisedTo: (raisedTo ?? null) as 'urgent' | 'asap' | 'stat' | null,
        overrideReason,
        at,
        checkedBy: actor.userId,
      });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'consultation.check_danger',
        entityType: 'consultation',
        entityId: requestId,
        detail: { signs: found.length, raisedTo: raisedTo ?? null, isOverridden: overrideReason !== '' },
      });
    }
    return raisedTo;
  }
}

/** So that a request that is sent again is known from another one under the same id. */
export function intakeDigest(input: RequestCardInput | undefined): string {
  return createHash('sha256')
    .update(canonicalize(input ?? {}), 'utf8')
    .digest('hex');
}

/** Somebody else answers and agrees for a child; in an emergency they may be found later. Throws `patient.representative_required`. */
export function assertRepresented(patient: Patient, urgency: Urgency, at: Instant): void {
  if (urgency === 'stat' || !isMinor(patient.birthDate, localDate(at))) return;
  if (patient.summary.representatives.length === 0) throw new DomainError('patient.representative_required');
}

function contentOf({ complaints, anamnesis, urgencyReason, pregnancy, notPossible }: CardContent): CardContent {
  return { complaints, anamnesis, urgencyReason, pregnancy, notPossible };
}
