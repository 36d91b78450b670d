import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestCard } from '@jaqyn/shared/consultations/request-card.contract';
import type { PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { PatientService } from '../patients/patient.service.ts';
import type { Presence } from '../staff/staff.service.ts';
import { type ConsultationAction, type ConsultationFacts, mayDo } from './consultation.policy.ts';
import { type ConsultationDetails, consultationRepository, type RequestRow } from './consultation.repository.ts';
import type { ConsultationProgress, Progress } from './consultation-progress.ts';
import { participantRepository } from './participant.repository.ts';
import { requestCardRepository } from './request-card.repository.ts';
import { factsOf, toCard } from './request-card.view.ts';
import { ringRepository } from './ring.repository.ts';

interface Dependencies {
  readonly patients: Pick<PatientService, 'listByIds'>;
  readonly presence: Presence;
  /** Left out where nobody looks at it: what is signed does not depend on how far the request has come. */
  readonly progress?: Pick<ConsultationProgress, 'read'> | undefined;
}

const NO_PROGRESS: Progress = { rungs: [], waiting: null, questions: [], decision: null };

/** Reads requests under the policy: the only way the services of this module come to a row. */
export class ConsultationLoader {
  readonly #patients: Pick<PatientService, 'listByIds'>;
  readonly #presence: Presence;
  readonly #progress: Dependencies['progress'];

  constructor({ patients, presence, progress }: Dependencies) {
    this.#patients = patients;
    this.#presence = presence;
    this.#progress = progress;
  }

  /** The row, when it exists and the actor may do this with it; otherwise `consultation.not_found`, the same for both. */
  async getRow(tx: Tx, actor: Actor, action: ConsultationAction, id: RequestId): Promise<RequestRow> {
    const row = await consultationRepository.find(tx, id);
    if (row === undefined || !mayDo(actor, action, await this.#facts(tx, row, actor))) {
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
    const cards = await requestCardRepository.listDetails(tx, ids);
    const danger = cards.cards.size > 0 ? await requestCardRepository.listDanger(tx) : [];
    const progress = await this.#progress?.read(
      tx,
      details.map(({ request }) => request),
    );
    return details.map((detail) => {
      const { request, observations } = detail;
      const patient = patients.get(request.patientId ?? '') ?? null;
      const vitals = observations.map((set) => set.vitals);
      const card = toCard(cards, { request, patient, vitals, danger });
      return { ...this.#toView(detail, patient, card), ...(progress?.get(request.id) ?? NO_PROGRESS) };
    });
  }

  /** Number, card and what completeness is judged by, of these requests. */
  async listCardFacts(tx: Tx, ids: readonly RequestId[]) {
    const views = await this.listViews(tx, ids);
    const details = await requestCardRepository.listDetails(tx, ids);
    const danger = await requestCardRepository.listDanger(tx);
    return views.flatMap((view) => {
      const row = details.cards.get(view.id);
      if (row === undefined) return [];
      const request = { id: view.id, createdAt: view.createdAt, preliminaryCode: view.preliminaryCode ?? null };
      const vitals = view.observations.map((set) => set.vitals);
      const facts = factsOf(details, row, { request, patient: view.patient, vitals, danger });
      return [{ number: view.number, card: view.card, facts }];
    });
  }

  async #facts(tx: Tx, row: RequestRow, actor: Actor): Promise<ConsultationFacts> {
    const id = row.id as RequestId;
    return {
      ...row,
      ringingPractitionerIds: await ringRepository.listRinging(tx, id),
      participation: (await participantRepository.findLive(tx, id, actor.userId))?.type ?? null,
    };
  }

  #toView(detail: ConsultationDetails, patient: Patient | null, card: RequestCard | undefined): Consultation {
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
      ...(card !== undefined && { card }),
      isPlanned: request.isPlanned,
      isWritten: request.isWritten,
      region: request.region,
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
