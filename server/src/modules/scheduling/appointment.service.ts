import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { AppointmentId, OperationId, PatientId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Appointment, CancelReason, Changed, NoShowCause } from '@jaqyn/shared/scheduling/appointment.contract';
import type { Receipt } from '@jaqyn/shared/scheduling/operation.contract';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import { listAppointmentViews } from './appointment.view.ts';
import type { AppointmentBook } from './appointment-book.ts';
import { appointmentSteps } from './appointment-step.ts';
import type { Placement } from './appointment-time.ts';
import { bookForGood, forActor } from './booking.service.ts';
import { toChanged } from './changed.ts';
import { peopleRepository } from './people.repository.ts';
import type { Before, ScheduleRunner, Unit } from './schedule-runner.ts';
import type { AppointmentAction } from './scheduling.policy.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
}

/** Names the change, so that sending it again has no second effect, and the version it was made on. */
export interface OnVersion {
  readonly operationId: OperationId;
  readonly version: number;
}

/** The life of a booked appointment: read, prepared, begun, missed, cancelled, taken back. */
export class AppointmentService {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;

  constructor({ runner, book }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
  }

  /** Throws `appointment.not_found` for a missing and a foreign one alike. */
  async getAppointment(actor: Actor, id: AppointmentId): Promise<Appointment> {
    const [view] = await this.#runner.show(actor, requestsOf, async (tx) => {
      await this.#book.get(tx, actor, 'read', id);
      return listAppointmentViews(tx, [id]);
    });
    if (view === undefined) throw new DomainError('appointment.not_found');
    return view;
  }

  /** Newest first; of a foreign patient none. */
  listOfPatient(actor: Actor, patientId: PatientId): Promise<Appointment[]> {
    return this.#runner.show(actor, requestsOf, async (tx) => {
      const ids = await appointmentRepository.listOfPatient(tx, patientId, 100);
      const mine: AppointmentId[] = [];
      for (const id of ids) {
        const row = await appointmentRepository.find(tx, id);
        if (row !== undefined && (await this.#book.may(tx, actor, 'read', row))) mine.push(id);
      }
      return listAppointmentViews(tx, mine);
    });
  }

  /** Gives the slot back; the request goes back to the coordinator. */
  cancel(actor: Actor, id: AppointmentId, input: OnVersion & { reason: CancelReason; note: string }): Promise<Changed> {
    const { reason, note } = input;
    return this.#step(actor, id, input, 'place', 'cancel', { reason, note }, (unit, row) =>
      this.#book.giveBack(unit, row, 'cancel', { cancelReason: reason, note }),
    );
  }

  arrive(actor: Actor, id: AppointmentId, input: OnVersion): Promise<Changed> {
    return this.#step(actor, id, input, 'prepare', 'arrive', {}, (unit, row) =>
      appointmentSteps.take(unit, row, 'arrive'),
    );
  }

  /** Everything is ready: the specialist may begin. */
  checkIn(actor: Actor, id: AppointmentId, input: OnVersion): Promise<Changed> {
    return this.#step(actor, id, input, 'prepare', 'check_in', {}, async (unit, row) => {
      const after = await appointmentSteps.take(unit, row, 'check_in');
      await this.#book.bring(unit, after);
      return after;
    });
  }

  /** They did not meet. Not before the appointment begins: until then it is cancelled or moved. */
  miss(actor: Actor, id: AppointmentId, input: OnVersion & { cause: NoShowCause; note: string }): Promise<Changed> {
    const { cause, note } = input;
    return this.#step(actor, id, input, 'miss', 'miss', { cause, note }, (unit, row) => {
      if (row.startsAt === null || row.startsAt > unit.at) {
        throw new DomainError('appointment.state_conflict', { fields: [{ path: 'startsAt', code: 'not_yet' }] });
      }
      return this.#book.giveBack(unit, row, 'miss', { noShowCause: cause, note });
    });
  }

  /**
   * Begins the booked call: both sides may enter the room. Again is harmless. Throws `appointment.state_conflict` before the
   * check-in, `consultation.specialist_busy`.
   */
  async start(actor: Actor, id: AppointmentId, { operationId, version }: OnVersion): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'appointment.start', body: { id, version } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, 'start', id);
        const request = await peopleRepository.findRequest(unit.tx, row.requestId as RequestId);
        // The other side was faster.
        const isOn = request !== undefined && isIn(request.status, ['in_call', 'interrupted']);
        if (isOn) return { appointments: [row] };
        if (row.version !== version) throw new DomainError('appointment.version_conflict');
        if (row.status !== 'checked-in') throw new DomainError('appointment.state_conflict');
        await this.#book.bring(unit, row, 'in_call');
        return { appointments: [await appointmentSteps.note(unit, row, 'start', {})] };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  /** Another slot instead of a missed one. */
  async rebook(
    actor: Actor,
    id: AppointmentId,
    { operationId, ...input }: OnVersion & Placement & { id: AppointmentId },
  ): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'appointment.rebook', body: { ...input, missed: id } },
      async (unit) => {
        const missed = await this.#book.get(unit.tx, actor, 'place', id, input.version);
        if (missed.status !== 'noshow' || missed.replacedById !== null) {
          throw new DomainError('appointment.state_conflict');
        }
        const snapshot = await this.#book.snapshot(unit, missed);
        const request = await this.#book.getRequest(unit.tx, actor, missed.requestId as RequestId);
        if ((await appointmentRepository.findLive(unit.tx, request.id)) !== undefined) {
          throw new DomainError('appointment.already_booked');
        }
        const created = await this.#book.create(unit, request, { id: input.id, mode: missed.mode, note: missed.note });
        const placed = await this.#book.place(unit, created, forActor(actor, input), (found) =>
          bookForGood(unit, found),
        );
        const replaced = await appointmentSteps.note(unit, missed, 'replace', { replacedById: input.id });
        const before: Before[] = [
          { id: input.id, row: null, members: [], requestStage: 'no_show', afterVersion: placed.version },
          { ...snapshot, afterVersion: replaced.version },
        ];
        return { appointments: [placed, replaced], before };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  /**
   * Takes an operation of one's own back within ten seconds; again is harmless. Throws `undo.expired`, `undo.superseded`, and what
   * booking throws where somebody has the old time meanwhile.
   */
  async undo(actor: Actor, id: OperationId): Promise<Changed> {
    const receipt = await this.#runner.change(actor, async (unit): Promise<Receipt> => {
      const operation = await appointmentRepository.findOperation(unit.tx, id);
      if (operation === undefined || operation.actorId !== actor.userId || operation.before === null) {
        throw new DomainError('undo.expired');
      }
      const before = JSON.parse(operation.before) as Before[];
      const rows: AppointmentRow[] = [];
      if (operation.undoneAt === null) {
        if (operation.undoUntil === null || operation.undoUntil < unit.at) throw new DomainError('undo.expired');
        for (const one of before) rows.push(await this.#book.restore(unit, one));
        await appointmentRepository.markUndone(unit.tx, id, unit.at);
      } else {
        for (const one of before) {
          const row = await appointmentRepository.find(unit.tx, one.id);
          if (row !== undefined) rows.push(row);
        }
      }
      return {
        operationId: id,
        at: (operation.undoneAt ?? unit.at) as Receipt['at'],
        appointments: rows.map(
          ({ id, status, version, startsAt }) => ({ id, status, version, startsAt }) as Receipt['appointments'][number],
        ),
        undoUntil: null,
      };
    });
    return toChanged(this.#runner, receipt);
  }

  /** One step of one appointment that can be taken back. */
  async #step(
    actor: Actor,
    id: AppointmentId,
    { operationId, version }: OnVersion,
    action: AppointmentAction,
    kind: string,
    body: object,
    work: (unit: Unit, row: AppointmentRow) => Promise<AppointmentRow>,
  ): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: `appointment.${kind}`, body: { id, version, ...body } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, action, id, version);
        const before = await this.#book.snapshot(unit, row);
        const after = await work(unit, row);
        return { appointments: [after], before: [{ ...before, afterVersion: after.version }] };
      },
    );
    return toChanged(this.#runner, receipt);
  }
}

function requestsOf(appointments: readonly Appointment[]): RequestId[] {
  return appointments.map(({ requestId }) => requestId);
}
