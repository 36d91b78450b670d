import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { PatientService } from '../patients/patient.service.ts';
import type { Presence } from '../staff/staff.service.ts';
import { type ConsultationAction, type ConsultationFacts, mayDo } from './consultation.policy.ts';
import { type ConsultationDetails, consultationRepository, type RequestRow } from './consultation.repository.ts';
import { ringRepository } from './ring.repository.ts';

/** Reads requests under the policy: the only way the services of this module come to a row. */
export class ConsultationLoader {
  readonly #patients: Pick<PatientService, 'listByIds'>;
  readonly #presence: Presence;

  constructor({ patients, presence }: { patients: Pick<PatientService, 'listByIds'>; presence: Presence }) {
    this.#patients = patients;
    this.#presence = presence;
  }

  /** The row, when it exists and the actor may do this with it; otherwise `consultation.not_found`, the same for both. */
  async getRow(tx: Tx, actor: Actor, action: ConsultationAction, id: RequestId): Promise<RequestRow> {
    const row = await consultationRepository.find(tx, id);
    if (row === undefined || !mayDo(actor, action, await this.#facts(tx, row))) {
      throw new DomainError('consultation.not_found');
    }
    return row;
  }

  async getView(tx: Tx, id: RequestId): Promise<Consultation> {
    const [view] = await this.listViews(tx, [id]);
    if (view === undefined) throw new DomainError('consultation.not_found');
    return view;
  }

  async listViews(tx: Tx, ids: readonly RequestId[]): Promise<Consultation[]> {
    const details = await consultationRepository.listDetails(tx, ids);
    const patientIds = details.flatMap(({ request }) => (request.patientId === null ? [] : [request.patientId]));
    const patients = new Map(
      (await this.#patients.listByIds(tx, patientIds)).map((patient) => [patient.id as string, patient]),
    );
    return details.map((detail) => this.#toView(detail, patients.get(detail.request.patientId ?? '') ?? null));
  }

  async #facts(tx: Tx, row: RequestRow): Promise<ConsultationFacts> {
    return { ...row, ringingPractitionerIds: await ringRepository.listRinging(tx, row.id as RequestId) };
  }

  #toView(detail: ConsultationDetails, patient: Patient | null): Consultation {
    const { request, station, organization, rings } = detail;
    const [firstRing] = rings;
    return {
      id: request.id,
      number: request.number,
      status: request.status,
      version: request.version,
      urgency: request.urgency,
      specialty: request.specialty,
      reason: request.reason,
      ...(request.preliminaryCode !== null && { preliminaryCode: request.preliminaryCode }),
      isPlanned: request.isPlanned,
      patient,
      station: {
        id: station.id,
        name: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn },
        settlement: { kk: station.settlementKk, ru: station.settlementRu, en: station.settlementEn },
        phone: station.phone,
      },
      requestedBy: { userId: request.requestedBy, displayName: detail.requestedByName },
      specialist:
        request.practitionerId === null || detail.specialistName === null || organization === null
          ? null
          : {
              id: request.practitionerId as PractitionerId,
              displayName: detail.specialistName,
              organizationName: { kk: organization.nameKk, ru: organization.nameRu, en: organization.nameEn },
            },
      observations: detail.observations,
      ring:
        firstRing === undefined
          ? null
          : {
              rank: firstRing.rank,
              startedAt: firstRing.startedAt,
              practitioners: rings.map(({ practitionerId, displayName, userId }) => ({
                id: practitionerId,
                displayName,
                isReachable: this.#presence.isOnline(userId),
              })),
            },
      createdAt: request.createdAt,
      statusChangedAt: request.statusChangedAt,
      answeredAt: request.answeredAt,
      endedAt: request.endedAt,
      conclusion:
        detail.compositionStatus === null ? null : { status: detail.compositionStatus, signedAt: detail.signedAt },
    } as Consultation;
  }
}
