import type { AuditAction } from '@jaqyn/shared/audit/audit-actions';
import type { Consultation, PLANNED_URGENCIES, TimelineEntry } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { needsConsent } from '@jaqyn/shared/consultations/participant.contract';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import type { ObservationSetId, PatientId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import type { RoomSide } from '@jaqyn/shared/signalling/room';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog, isReading } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import type { PatientService } from '../patients/patient.service.ts';
import type { StaffService } from '../staff/staff.service.ts';
import type { TerminologyService } from '../terminologies/terminology.service.ts';
import { type CallingService, changed } from './calling.service.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import { consultationRepository, type RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';
import { participantRepository } from './participant.repository.ts';
import type { RequestCardWriter } from './request-card-writer.ts';
import { type NewConsultation, RequestIntake } from './request-intake.ts';
import { type ListScope, type ListView, requestListRepository } from './request-list.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly patients: Pick<PatientService, 'getVisible'>;
  readonly staff: Pick<StaffService, 'assertSpecialty'>;
  readonly calling: CallingService;
  readonly loader: ConsultationLoader;
  readonly terminologies: Pick<TerminologyService, 'assertUsable'>;
  readonly cards: Pick<RequestCardWriter, 'open'>;
}

/** Requests: made, listed, read, completed, cancelled, delivered. */
export class ConsultationService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #reads: ReadLog;
  readonly #patients: Pick<PatientService, 'getVisible'>;
  readonly #calling: CallingService;
  readonly #loader: ConsultationLoader;
  readonly #intake: RequestIntake;

  constructor({ store, clock, patients, staff, calling, loader, terminologies, cards }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#reads = new ReadLog({ store, clock });
    this.#patients = patients;
    this.#calling = calling;
    this.#loader = loader;
    this.#intake = new RequestIntake({ patients, staff, loader, terminologies, cards });
  }

  /**
   * Stores the request and rings. The id comes from the caller: the same id again answers what is stored, with another
   * content `idempotency.key_reused`. Throws `patient.not_found`, `specialty.not_found`, `request.invalid` when no patient
   * is named and it is no emergency.
   */
  createConsultation(actor: Actor, input: NewConsultation): Promise<Consultation> {
    const { stationId } = actor;
    if (stationId === null) throw new DomainError('station.not_found');
    if (input.patientId === null && input.urgency !== 'stat') {
      throw new DomainError('request.invalid', { fields: [{ path: 'patientId', code: 'required' }] });
    }
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const taken = await this.#intake.take(tx, actor, { ...input, stationId, isPlanned: false }, at);
      if (taken.kind === 'stored') return taken.view;
      await this.#calling.startCall(tx, taken.draft, { actor, at, outbox });
      return this.#loader.getView(tx, input.id);
    });
  }

  /**
   * Stores a request that is to be booked or answered in writing: it goes to triage and rings nowhere. Ids as with a call. Throws `patient.not_found`,
   * `specialty.not_found`.
   */
  createPlanned(
    actor: Actor,
    input: NewConsultation & {
      readonly urgency: (typeof PLANNED_URGENCIES)[number];
      readonly patientId: PatientId;
      readonly isWritten?: boolean;
    },
  ): Promise<Consultation> {
    const { stationId } = actor;
    if (stationId === null) throw new DomainError('station.not_found');
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const taken = await this.#intake.take(tx, actor, { ...input, stationId, isPlanned: !input.isWritten }, at);
      if (taken.kind === 'stored') return taken.view;
      const submitted = await transition(tx, taken.draft, { event: 'submit', actor, at });
      outbox.push(changed(await transition(tx, submitted, { event: 'start_triage', actor: null, at }), actor));
      return this.#loader.getView(tx, input.id);
    });
  }

  /** Throws `consultation.not_found`. Reading a patient's data is audited. */
  async getConsultation(actor: Actor, id: RequestId): Promise<Consultation> {
    const view = await this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read', id);
      return this.#loader.getView(tx, id);
    });
    await this.#reads.record(actor, { action: 'consultation.read', entityType: 'consultation', entityIds: [id] });
    return view;
  }

  /** What a ringing phone shows; undefined when it does not ring any more. For the system, which has checked who is rung. */
  async getRingNotice(id: RequestId): Promise<NotificationData<'ring:started'> | undefined> {
    const view = await this.#store.read((tx) => this.#loader.getView(tx, id));
    if (view.ring === null) return undefined;
    return {
      requestId: view.id,
      urgency: view.urgency,
      specialty: view.specialty,
      stationName: view.station.name,
      reason: view.reason,
      startedAt: view.ring.startedAt,
    };
  }

  /** As what the actor may sit in the room now. Throws `consultation.not_found`, `participant.consent_missing`. */
  async authorizeRoom(actor: Actor, id: RequestId): Promise<{ side: RoomSide }> {
    return this.#store.read(async (tx) => {
      const row = await this.#loader.getRow(tx, actor, 'join_room', id);
      if (actor.role === 'feldsher' && actor.stationId === row.stationId) return { side: 'station' };
      if (actor.role === 'specialist' && actor.practitionerId === row.practitionerId) return { side: 'specialist' };
      const part = await participantRepository.findLive(tx, id, actor.userId);
      if (part === undefined) throw new DomainError('consultation.not_found');
      // Nobody looks on whom the patient has not agreed to.
      if (needsConsent(part.type) && part.consentAt === null) throw new DomainError('participant.consent_missing');
      return { side: part.type };
    });
  }

  /** Whose requests were shown is audited. */
  async listConsultations(
    actor: Actor,
    options: { view: ListView; limit: number; patientId?: PatientId | undefined; after?: string | undefined },
  ): Promise<{ consultations: Consultation[]; next: string | null; total: number | null }> {
    const scope = scopeOf(actor);
    // Of an amendment that is being written nobody else knows.
    if (scope === undefined || (options.view === 'unsigned' && scope.kind !== 'specialist')) {
      return { consultations: [], next: null, total: 0 };
    }
    const { views, next, total } = await this.#store.read(async (tx) => {
      const { ids, ...page } = await requestListRepository.listPage(tx, scope, options);
      return { views: await this.#loader.listViews(tx, ids), ...page };
    });
    await this.#reads.record(actor, {
      action: 'consultation.list',
      entityType: 'consultation',
      entityIds: views.flatMap(({ id, patient }) => (patient === null ? [] : [id])),
    });
    return { consultations: views, next, total };
  }

  async listTimeline(actor: Actor, id: RequestId): Promise<TimelineEntry[]> {
    const rows = await this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read', id);
      return auditLog.listForEntity(tx, 'consultation', id);
    });
    await this.#reads.record(actor, { action: 'consultation.read', entityType: 'consultation', entityIds: [id] });
    return (
      rows
        // Who looked is no part of a request's story.
        .filter((row) => !isReading(row.action))
        .map((row) => ({
          at: row.at as TimelineEntry['at'],
          action: row.action,
          actorName: row.actorName,
          toStatus: (JSON.parse(row.detail) as { to?: TimelineEntry['toStatus'] }).to ?? null,
        }))
    );
  }

  cancel(actor: Actor, id: RequestId, reason: string): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'cancel', id);
      if (row.status === 'cancelled') return this.#loader.getView(tx, id);
      await this.#calling.cancelRinging(tx, row, at, outbox);
      const cancelled = await transition(tx, row, {
        event: 'cancel',
        actor,
        at,
        change: { ringDeadline: null, endedAt: at, cancelReason: reason },
      });
      outbox.push(changed(cancelled, actor));
      return this.#loader.getView(tx, id);
    });
  }

  /**
   * The set's id comes from the caller: the same id again answers what is stored, with another content
   * `idempotency.key_reused`.
   */
  addObservations(
    actor: Actor,
    id: RequestId,
    vitals: Vitals,
    setId: ObservationSetId = newId(),
  ): Promise<Consultation> {
    const at = this.#clock.instant();
    if (Object.keys(vitals).length === 0) {
      throw new DomainError('request.invalid', { fields: [{ path: 'vitals', code: 'required' }] });
    }
    const isStored = async (tx: Tx) => {
      const stored = await consultationRepository.findObservations(tx, setId);
      if (stored === undefined) return false;
      const isSame =
        stored.requestId === id &&
        stored.takenBy === actor.userId &&
        canonicalize(JSON.parse(stored.vitals)) === canonicalize(vitals);
      if (!isSame) throw new DomainError('idempotency.key_reused');
      return true;
    };
    const action = 'consultation.add_observations';
    return this.#change({ actor, id, permission: 'add_observations', action, isDone: isStored }, async (tx) => {
      await consultationRepository.insertObservations(tx, {
        id: setId,
        requestId: id,
        takenAt: at,
        takenBy: actor.userId,
        vitals,
      });
      await consultationRepository.touch(tx, id);
    });
  }

  /** Completes an emergency request; once named, the patient stays. */
  setPatient(actor: Actor, id: RequestId, patientId: PatientId): Promise<Consultation> {
    const isDone = async (_tx: Tx, row: RequestRow) => row.patientId === patientId;
    const action = 'consultation.set_patient';
    return this.#change({ actor, id, permission: 'act_as_station', action, isDone }, async (tx, row) => {
      if (row.patientId !== null) throw new DomainError('consultation.state_conflict');
      await this.#patients.getVisible(tx, actor, patientId);
      await consultationRepository.touch(tx, id, { patientId });
    });
  }

  /** The station opened the signed conclusion; again is harmless. */
  receive(actor: Actor, id: RequestId): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'act_as_station', id);
      if (isIn(row.status, ['signed', 'amended'])) {
        outbox.push(changed(await transition(tx, row, { event: 'deliver', actor, at }), actor));
      }
      return this.#loader.getView(tx, id);
    });
  }

  /** A change that is no transition: policy, work, audit, notice. Refused once the request is over; done already is harmless. */
  #change(
    what: {
      readonly actor: Actor;
      readonly id: RequestId;
      readonly permission: 'add_observations' | 'act_as_station';
      readonly action: AuditAction;
      readonly isDone: (tx: Tx, row: RequestRow) => Promise<boolean>;
    },
    work: (tx: Tx, row: RequestRow) => Promise<void>,
  ): Promise<Consultation> {
    const { actor, id, permission, action, isDone } = what;
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, permission, id);
      if (await isDone(tx, row)) return this.#loader.getView(tx, id);
      if (!isIn(row.status, OPEN_FOR_CHANGE)) throw new DomainError('consultation.state_conflict');
      await work(tx, row);
      await auditLog.append(tx, { at, actor, action, entityType: 'consultation', entityId: id });
      const after = await consultationRepository.find(tx, id);
      if (after !== undefined) outbox.push(changed(after, actor));
      return this.#loader.getView(tx, id);
    });
  }
}

const OPEN_FOR_CHANGE = [
  'in_triage',
  'info_requested',
  'accepted',
  'ringing',
  'escalated',
  'booked',
  'checked_in',
  'async_assigned',
  'in_call',
  'interrupted',
  'conclusion_draft',
] as const;

function scopeOf(actor: Actor): ListScope | undefined {
  switch (actor.role) {
    case 'feldsher':
      return actor.stationId === null ? undefined : { kind: 'station', stationId: actor.stationId };
    case 'specialist':
      return actor.practitionerId === null || actor.specialty === null
        ? undefined
        : { kind: 'specialist', practitionerId: actor.practitionerId, specialty: actor.specialty };
    case 'coordinator':
      return { kind: 'all' };
    case 'admin':
    case 'analyst':
      return undefined;
  }
}
