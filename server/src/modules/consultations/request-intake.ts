import type { Consultation, Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestCardInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import type { PatientId, RequestId, SpecialtyCode, StationId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { PatientService } from '../patients/patient.service.ts';
import type { StaffService } from '../staff/staff.service.ts';
import type { TerminologyService } from '../terminologies/terminology.service.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import { consultationRepository, FRESH_LIFE, type RequestRow, URGENCY_RANK } from './consultation.repository.ts';
import { requestCardRepository } from './request-card.repository.ts';
import { assertRepresented, intakeDigest, type RequestCardWriter } from './request-card-writer.ts';

export interface NewConsultation {
  readonly id: RequestId;
  readonly patientId: PatientId | null;
  readonly specialty: SpecialtyCode;
  readonly urgency: Urgency;
  readonly reason: string;
  /** ICD-10. */
  readonly preliminaryCode?: string | undefined;
  readonly vitals: Vitals;
  readonly card?: RequestCardInput | undefined;
}

interface Intake extends NewConsultation {
  readonly stationId: StationId;
  readonly isPlanned: boolean;
  /** An answer in writing is asked for. */
  readonly isWritten?: boolean;
}

interface Dependencies {
  readonly patients: Pick<PatientService, 'getVisible'>;
  readonly staff: Pick<StaffService, 'assertSpecialty'>;
  readonly loader: ConsultationLoader;
  readonly terminologies: Pick<TerminologyService, 'assertUsable'>;
  readonly cards: Pick<RequestCardWriter, 'open'>;
}

/** Takes requests in as drafts, each once; what becomes of them is the caller's unit of work. */
export class RequestIntake {
  readonly #patients: Pick<PatientService, 'getVisible'>;
  readonly #staff: Pick<StaffService, 'assertSpecialty'>;
  readonly #loader: ConsultationLoader;
  readonly #terminologies: Pick<TerminologyService, 'assertUsable'>;
  readonly #cards: Pick<RequestCardWriter, 'open'>;

  constructor({ patients, staff, loader, terminologies, cards }: Dependencies) {
    this.#patients = patients;
    this.#staff = staff;
    this.#loader = loader;
    this.#terminologies = terminologies;
    this.#cards = cards;
  }

  /** Throws `idempotency.key_reused` for a known id with another content, `patient.not_found`, `specialty.not_found`, `terminology.code_unknown`, `patient.representative_required`, `danger_check.reason_required`. */
  async take(
    tx: Tx,
    actor: Actor,
    input: Intake,
    at: Instant,
  ): Promise<{ kind: 'stored'; view: Consultation } | { kind: 'draft'; draft: RequestRow }> {
    const stored = await consultationRepository.find(tx, input.id);
    if (stored !== undefined) {
      const view = await this.#loader.getView(tx, input.id);
      const card = await requestCardRepository.find(tx, input.id);
      const isSameCard = card === undefined || card.intakeSha256 === intakeDigest(input.card);
      if (!isSameCard || !isSameRequest(stored, view, actor, input)) throw new DomainError('idempotency.key_reused');
      return { kind: 'stored', view };
    }
    await this.#staff.assertSpecialty(tx, input.specialty);
    if (input.preliminaryCode !== undefined) await this.#terminologies.assertUsable(tx, input.preliminaryCode, at);
    const patient = input.patientId === null ? null : await this.#patients.getVisible(tx, actor, input.patientId);
    if (patient !== null) assertRepresented(patient, input.urgency, at);

    const year = Number(localDate(at).slice(0, 4));
    const sequence = await consultationRepository.takeNumber(tx, year);
    const draft: RequestRow = {
      id: input.id,
      number: `${year}-${String(sequence).padStart(6, '0')}`,
      status: 'draft',
      version: 1,
      urgency: input.urgency,
      urgencyRank: URGENCY_RANK[input.urgency],
      specialty: input.specialty,
      reason: input.reason,
      isPlanned: input.isPlanned,
      isWritten: input.isWritten ?? false,
      ...FRESH_LIFE,
      // A card that was merged meanwhile leads to the one that is kept.
      patientId: patient?.id ?? null,
      stationId: input.stationId,
      requestedBy: actor.userId,
      practitionerId: null,
      ringDeadline: null,
      createdAt: at,
      statusChangedAt: at,
      answeredAt: null,
      endedAt: null,
      cancelReason: null,
      preliminaryCode: input.preliminaryCode ?? null,
      isDemo: false,
    };
    await consultationRepository.insert(tx, draft);
    await auditLog.append(tx, {
      at,
      actor,
      action: 'consultation.create',
      entityType: 'consultation',
      entityId: input.id,
      detail: {
        specialty: input.specialty,
        urgency: input.urgency,
        patientId: input.patientId,
        ...(input.isPlanned && { isPlanned: true }),
        ...(input.isWritten && { isWritten: true }),
      },
    });
    if (Object.keys(input.vitals).length > 0) {
      await consultationRepository.insertObservations(tx, {
        id: newId<string>(),
        requestId: input.id,
        takenAt: at,
        takenBy: actor.userId,
        vitals: input.vitals,
      });
    }
    await this.#cards.open(tx, actor, draft, input.card, at);
    return { kind: 'draft', draft };
  }
}

function isSameRequest(stored: RequestRow, view: Consultation, actor: Actor, input: Intake): boolean {
  const firstVitals = view.observations.find((set) => set.takenAt === view.createdAt)?.vitals ?? {};
  return (
    stored.requestedBy === actor.userId &&
    // A planned one may have become a call; a call never becomes a planned one.
    (input.isPlanned || !stored.isPlanned) &&
    (input.isWritten === true || !stored.isWritten) &&
    stored.specialty === input.specialty &&
    stored.urgency === input.urgency &&
    stored.reason === input.reason &&
    stored.preliminaryCode === (input.preliminaryCode ?? null) &&
    // An emergency gets its patient later.
    (input.patientId === null || input.patientId === stored.patientId) &&
    canonicalize(firstVitals) === canonicalize(input.vitals)
  );
}
