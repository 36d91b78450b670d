import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { RedirectReason, TriageCandidate, TriageDeclineReason } from '@jaqyn/shared/consultations/triage.contract';
import { UNDO_SECONDS } from '@jaqyn/shared/consultations/triage.contract';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import type { InformationRequestId, PractitionerId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import type { Outbox } from '../../kernel/outbox.ts';
import { assertLicensed } from '../staff/licence-check.ts';
import type { Presence, StaffService } from '../staff/staff.service.ts';
import { type CallingService, changed } from './calling.service.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import { consultationRepository, type RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';
import { type DecisionRow, triageRepository } from './triage.repository.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly calling: CallingService;
  readonly loader: ConsultationLoader;
  readonly staff: Pick<StaffService, 'assertSpecialty'>;
  readonly presence: Presence;
}

interface Decision {
  readonly kind: DecisionRow['kind'];
  readonly baseVersion: number;
  readonly reason?: string;
  readonly note?: string;
}

interface Unit {
  readonly tx: Tx;
  readonly outbox: Outbox;
  readonly at: Instant;
  readonly actor: Actor;
}

/** Where a decision may be made about a request that somebody sorts. */
const SORTABLE = ['in_triage', 'redirected'] as const;

/** Sorting requests: accepted for a call, a booking or an answer in writing, asked about, declined, sent elsewhere, and taken back. */
export class TriageService {
  readonly #clock: Clock;
  readonly #calling: CallingService;
  readonly #loader: ConsultationLoader;
  readonly #staff: Pick<StaffService, 'assertSpecialty'>;
  readonly #presence: Presence;

  constructor({ clock, calling, loader, staff, presence }: Dependencies) {
    this.#clock = clock;
    this.#calling = calling;
    this.#loader = loader;
    this.#staff = staff;
    this.#presence = presence;
  }

  async listCandidates(actor: Actor, id: RequestId): Promise<TriageCandidate[]> {
    const at = this.#clock.instant();
    const found = await this.#calling.run(async (tx) => {
      const row = await this.#loader.getRow(tx, actor, 'triage', id);
      return triageRepository.listCandidates(tx, at, row.specialty as SpecialtyCode);
    });
    return found
      .map(({ userId, ...candidate }) => ({ ...candidate, isReachable: this.#presence.isOnline(userId) }))
      .toSorted((one, other) => nearness(other) - nearness(one) || one.writtenCases - other.writtenCases);
  }

  /**
   * For a call now (first `practitionerId`, then the ladder), for a booking, or for an answer in writing by `practitionerId`.
   * Throws `practitioner.not_found`, `licence.ended` of one's own, `consultation.version_conflict`, `consultation.state_conflict`.
   */
  accept(
    actor: Actor,
    id: RequestId,
    choice: { baseVersion: number; how: 'now' | 'booked' | 'written'; practitionerId: PractitionerId | null },
  ): Promise<Consultation> {
    const decision = { kind: 'accept', baseVersion: choice.baseVersion, reason: choice.how } as const;
    return this.#decide(actor, id, decision, async (unit, row) => {
      const { tx, at, outbox } = unit;
      const practitionerId = actor.role === 'specialist' ? actor.practitionerId : choice.practitionerId;
      if (actor.practitionerId !== null) await assertLicensed(tx, actor.practitionerId, at);
      if (practitionerId !== null) await this.#assertCandidate(unit, row, practitionerId);
      let accepted =
        row.status === 'accepted'
          ? row
          : await transition(tx, await this.#sorted(unit, row), step('accept_triage', unit));
      switch (choice.how) {
        case 'now': {
          const first = practitionerId ?? undefined;
          return this.#calling.startCall(tx, accepted, { actor, at, outbox, first });
        }
        case 'booked':
          await consultationRepository.setMode(tx, id, { isPlanned: true, isWritten: false });
          accepted = { ...accepted, isPlanned: true, isWritten: false };
          outbox.push(changed(accepted, actor));
          return accepted;
        case 'written': {
          if (practitionerId === null) throw new DomainError('practitioner.not_found');
          const change = { practitionerId, isPlanned: false, isWritten: true };
          accepted = await transition(tx, accepted, { ...step('assign_async', unit), change });
          outbox.push(changed(accepted, actor));
          return accepted;
        }
      }
    });
  }

  /** The waiting clock stands until the station has answered. The id comes from the caller: asking twice asks once. */
  ask(
    actor: Actor,
    id: RequestId,
    { baseVersion, id: questionId, question }: { baseVersion: number; id: InformationRequestId; question: string },
  ): Promise<Consultation> {
    return this.#decide(actor, id, { kind: 'ask', baseVersion }, async (unit, row) => {
      const sorted = row.status === 'async_assigned' ? row : await this.#sorted(unit, row);
      const asked = await transition(unit.tx, sorted, step('ask_for_info', unit));
      await triageRepository.insertQuestion(unit.tx, {
        id: questionId,
        requestId: id,
        askedFrom: sorted.status,
        question,
        askedBy: actor.userId,
        askedAt: unit.at,
        answer: null,
        answeredBy: null,
        answeredAt: null,
        withdrawnAt: null,
      });
      unit.outbox.push(changed(asked, actor));
      return asked;
    });
  }

  /**
   * The station answers; the request is back where it was asked and its clock goes on. The same answer again is harmless.
   * Throws `question.not_found`, `question.answered`, `consultation.cancelled`.
   */
  answer(
    actor: Actor,
    id: RequestId,
    questionId: InformationRequestId,
    { answer, vitals }: { answer: string; vitals: Vitals },
  ): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'act_as_station', id);
      const question = await triageRepository.findQuestion(tx, questionId);
      if (question === undefined || question.requestId !== id || question.withdrawnAt !== null) {
        throw new DomainError('question.not_found');
      }
      if (question.answer !== null) {
        if (question.answer === answer && question.answeredBy === actor.userId) return this.#loader.getView(tx, id);
        throw new DomainError('question.answered');
      }
      if (row.status === 'cancelled') throw new DomainError('consultation.cancelled');
      const event = row.askedFrom === 'async_assigned' ? 'give_info_for_writing' : 'give_info';
      const answered = await transition(tx, row, { event, actor, at });
      await triageRepository.answerQuestion(tx, questionId, { answer, answeredBy: actor.userId, answeredAt: at });
      if (Object.keys(vitals).length > 0) {
        await consultationRepository.insertObservations(tx, {
          id: newId<string>(),
          requestId: id,
          takenAt: at,
          takenBy: actor.userId,
          vitals,
        });
      }
      outbox.push(changed(answered, actor));
      return this.#loader.getView(tx, id);
    });
  }

  decline(
    actor: Actor,
    id: RequestId,
    { baseVersion, reason, note }: { baseVersion: number; reason: TriageDeclineReason; note: string },
  ): Promise<Consultation> {
    return this.#decide(actor, id, { kind: 'decline', baseVersion, reason, note }, async (unit, row) => {
      const sorted = await this.#sorted(unit, row);
      const declined = await transition(unit.tx, sorted, {
        ...step('decline', unit),
        change: { endedAt: unit.at },
        detail: { reason },
      });
      unit.outbox.push(changed(declined, actor));
      return declined;
    });
  }

  /** Throws `specialty.not_found`, `request.invalid` when it would stay where it is. */
  redirect(
    actor: Actor,
    id: RequestId,
    to: {
      baseVersion: number;
      specialty: SpecialtyCode;
      region: string | null;
      reason: RedirectReason;
      note: string;
    },
  ): Promise<Consultation> {
    const { baseVersion, specialty, region, reason, note } = to;
    return this.#decide(actor, id, { kind: 'redirect', baseVersion, reason, note }, async (unit, row) => {
      await this.#staff.assertSpecialty(unit.tx, specialty);
      if (row.specialty === specialty && row.region === region) {
        throw new DomainError('request.invalid', { fields: [{ path: 'specialty', code: 'unchanged' }] });
      }
      const sorted = await this.#sorted(unit, row);
      const redirected = await transition(unit.tx, sorted, {
        ...step('redirect', unit),
        change: { specialty, region, practitionerId: null },
        detail: { reason, specialty, region },
      });
      unit.outbox.push(changed(redirected, actor));
      return redirected;
    });
  }

  /**
   * Takes one's own last decision back, and everything is as it was. Throws `undo.expired` when it is too late, `undo.superseded` when
   * something has happened since.
   */
  undo(actor: Actor, id: RequestId): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await consultationRepository.find(tx, id);
      const decision = await triageRepository.findLastDecision(tx, id);
      // Somebody else's, or none: as if there were no such request.
      if (row === undefined || decision?.decidedBy !== actor.userId) throw new DomainError('consultation.not_found');
      if (row.version !== decision.version) throw new DomainError('undo.superseded');
      const isFresh = Date.parse(at) <= Date.parse(decision.decidedAt) + UNDO_SECONDS * 1000;
      if (!isFresh) throw new DomainError('undo.expired');
      const { version: _version, ...before } = decision.before;
      const undone = await transition(tx, row, {
        event: 'undo_triage',
        actor,
        at,
        isFresh,
        change: { ...before, endedAt: null },
      });
      await triageRepository.undoDecision(tx, decision.id, at);
      if (decision.kind === 'ask') await triageRepository.withdrawQuestions(tx, id, at);
      outbox.push(changed(undone, actor));
      return this.#loader.getView(tx, id);
    });
  }

  /**
   * What becomes of a call that broke off or of a case to be answered in writing. To a call: the station rings (first whoever had it),
   * the specialist is in at once. Nothing is typed again: request, vitals, chat and draft stay with it.
   */
  async turn(
    actor: Actor,
    id: RequestId,
    { into, note }: { into: 'call' | 'written' | 'booking' | 'triage'; note: string },
  ): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'turn', id);
      const unit = { tx, outbox, at, actor };
      // Pressed twice, or by both sides: it is there already.
      if (hasTurned(row, into)) return this.#loader.getView(tx, id);
      const turned = await this.#turned(unit, row, into);
      await this.#note(unit, row, turned, { kind: 'turn', baseVersion: row.version, reason: into, note });
      return this.#loader.getView(tx, id);
    });
  }

  async #turned(unit: Unit, row: RequestRow, into: 'call' | 'written' | 'booking' | 'triage'): Promise<RequestRow> {
    const { tx, outbox, at, actor } = unit;
    if (into === 'call') {
      if (actor.role === 'specialist') return this.#calling.resume(tx, row, unit);
      const first = (row.practitionerId ?? undefined) as PractitionerId | undefined;
      return this.#calling.startCall(tx, row, { actor, at, outbox, first });
    }
    const turned = await transition(
      tx,
      row,
      into === 'written'
        ? { ...step('assign_async', unit), change: { isWritten: true, isPlanned: false } }
        : into === 'booking'
          ? {
              ...step('turn_into_booking', unit),
              change: { isPlanned: true, isWritten: false, practitionerId: null },
            }
          : { ...step('give_back', unit), change: { practitionerId: null } },
    );
    outbox.push(changed(turned, actor));
    return turned;
  }

  /** One decision: on what its maker saw, once, and kept with what would take it back. */
  #decide(
    actor: Actor,
    id: RequestId,
    decision: Decision,
    work: (unit: Unit, row: RequestRow) => Promise<RequestRow>,
  ): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const last = await triageRepository.findLastDecision(tx, id);
      const isRepeated =
        last?.decidedBy === actor.userId &&
        last.kind === decision.kind &&
        last.before.version === decision.baseVersion &&
        (last.reason ?? undefined) === decision.reason;
      // The answer was lost on the way; it has been decided, whatever has become of it since.
      if (isRepeated) return this.#loader.getView(tx, id);
      const row = await this.#loader.getRow(tx, actor, 'triage', id);
      if (row.status === 'cancelled') throw new DomainError('consultation.cancelled');
      if (row.version !== decision.baseVersion) throw new DomainError('consultation.version_conflict');
      const unit = { tx, outbox, at, actor };
      await this.#note(unit, row, await work(unit, row), decision);
      return this.#loader.getView(tx, id);
    });
  }

  async #note({ tx, at, actor }: Unit, before: RequestRow, after: RequestRow, decision: Decision): Promise<void> {
    const { version, specialty, region, practitionerId, isPlanned, isWritten } = before;
    await triageRepository.insertDecision(tx, {
      id: newId<string>(),
      requestId: after.id,
      kind: decision.kind,
      decidedBy: actor.userId,
      decidedAt: at,
      reason: decision.reason ?? null,
      note: decision.note ?? '',
      version: after.version,
      before: { version, specialty, region, practitionerId, isPlanned, isWritten },
      undoneAt: null,
    });
  }

  /** What was sent here from elsewhere is taken over by whoever decides about it. */
  async #sorted(unit: Unit, row: RequestRow): Promise<RequestRow> {
    if (!isIn(row.status, SORTABLE)) throw new DomainError('consultation.state_conflict');
    return row.status === 'redirected' ? transition(unit.tx, row, step('resubmit', unit)) : row;
  }

  async #assertCandidate({ tx, at }: Unit, row: RequestRow, id: PractitionerId): Promise<void> {
    const candidates = await triageRepository.listCandidates(tx, at, row.specialty as SpecialtyCode);
    if (!candidates.some((candidate) => candidate.id === id)) throw new DomainError('practitioner.not_found');
  }
}

function step<const Event extends Parameters<typeof transition>[2]['event']>(event: Event, { actor, at }: Unit) {
  return { event, actor, at };
}

function hasTurned({ status }: RequestRow, into: 'call' | 'written' | 'booking' | 'triage'): boolean {
  switch (into) {
    case 'call':
      return isIn(status, ['ringing', 'escalated', 'in_call']);
    case 'written':
      return status === 'async_assigned';
    case 'booking':
      return status === 'accepted';
    case 'triage':
      return status === 'in_triage';
  }
}

function nearness({ isInCall, isOnCall, isReachable }: Pick<TriageCandidate, 'isInCall' | 'isOnCall' | 'isReachable'>) {
  return (isInCall ? 0 : 4) + (isReachable ? 2 : 0) + (isOnCall ? 1 : 0);
}
