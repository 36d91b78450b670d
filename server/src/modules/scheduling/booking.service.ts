import type { AppointmentId, HoldId, OperationId, PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { fromMinute, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import type { AppointmentBook } from './appointment-book.ts';
import type { Placement } from './appointment-time.ts';
import { toChanged } from './changed.ts';
import { claimRepository } from './claim.repository.ts';
import { claimBook } from './claim-book.ts';
import { listConflicts } from './placement-check.ts';
import type { Before, ScheduleRunner, Unit } from './schedule-runner.ts';
import { type FoundSlot, findSlot } from './slot-finder.ts';

/** How long a slot is kept while a form is open. */
const HOLD_MS = 2 * 60_000;
/** How long a station's question keeps the slot when no coordinator answers; never beyond the slot itself. */
const ASK_MS = 24 * 3_600_000;

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
}

/** Slots held, checked, booked and moved. */
export class BookingService {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;

  constructor({ runner, book }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
  }

  /**
   * Holds a free slot for two minutes; the same id for the same slot prolongs it, for another slot moves it there. Throws
   * `slot.past`, `slot.unavailable`, `slot.taken`, `slot.held`.
   */
  hold(
    actor: Actor,
    id: HoldId,
    where: { practitionerId: PractitionerId; startsAt: Instant },
  ): Promise<{ holdId: HoldId; startsAt: Instant; endsAt: Instant; expiresAt: Instant }> {
    return this.#runner.change(actor, async (unit) => {
      const stored = await claimRepository.findHold(unit.tx, id);
      if (stored !== undefined && stored.userId !== actor.userId) throw new DomainError('idempotency.key_reused');
      if (stored !== undefined) await claimBook.dropHold(unit, id);

      const search = await findSlot(unit.tx, where.practitionerId, where.startsAt);
      if (toMinute(where.startsAt) < unit.now) throw new DomainError('slot.past');
      if (search.kind === 'none') {
        throw new DomainError('slot.unavailable', { fields: [{ path: 'startsAt', code: search.why }] });
      }
      const { slot } = search.found;
      const expiresAt = toInstant(new Date(Date.parse(unit.at) + HOLD_MS));
      const { refusal } = await claimBook.take(
        unit,
        { kind: 'hold', id, expiresAt },
        [{ kind: 'practitioner', id: where.practitionerId, lanes: 1 }],
        slot,
        (unit, appointmentId) => this.#book.expire(unit, appointmentId),
      );
      if (refusal !== undefined) {
        throw new DomainError(
          refusal.claims.some(({ holderKind }) => holderKind === 'appointment') ? 'slot.taken' : 'slot.held',
        );
      }
      const [startsAt, endsAt] = [fromMinute(slot.from), fromMinute(slot.to)];
      await claimRepository.insertHold(unit.tx, {
        id,
        practitionerId: where.practitionerId,
        startsAt,
        endsAt,
        userId: actor.userId,
        expiresAt,
      });
      return { holdId: id, startsAt, endsAt, expiresAt };
    });
  }

  /** Lets a hold of the actor go; again is harmless. */
  async release(actor: Actor, id: HoldId): Promise<void> {
    await this.#runner.change(actor, async (unit) => {
      const stored = await claimRepository.findHold(unit.tx, id);
      if (stored?.userId === actor.userId) await claimBook.dropHold(unit, id);
    });
  }

  /** What stands against a booking or a move; nothing is changed. */
  check(
    actor: Actor,
    input: Placement & { requestId: RequestId; appointmentId: AppointmentId | null },
  ): Promise<{ isPossible: boolean; conflicts: Conflict[] }> {
    return this.#runner.read(async (tx, at) => {
      const request = await this.#book.getRequest(tx, actor, input.requestId);
      const conflicts = await listConflicts(tx, {
        actor,
        at,
        request,
        placement: input,
        exceptHolder: input.appointmentId ?? undefined,
      });
      return { isPossible: conflicts.every(({ severity }) => severity === 'warns'), conflicts };
    });
  }

  /**
   * Books a slot for a request, also for one that waits. Throws `consultation.not_found`, `appointment.already_booked`,
   * `appointment.patient_required`, `slot.…`, `hold.expired`, `service.…`, `appointment.person_busy`.
   */
  async bookSlot(
    actor: Actor,
    {
      operationId,
      ...input
    }: Placement & { operationId: OperationId; id: AppointmentId; requestId: RequestId; note: string },
  ): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'appointment.book', body: input },
      async (unit) => {
        const request = await this.#book.getRequest(unit.tx, actor, input.requestId);
        const live = await appointmentRepository.findLive(unit.tx, request.id);
        if (live !== undefined && live.status !== 'waitlist') throw new DomainError('appointment.already_booked');
        const before: Omit<Before, 'afterVersion'> =
          live === undefined
            ? { id: input.id, row: null, members: [], requestStage: 'accepted' }
            : await this.#book.snapshot(unit, live);
        const row = live ?? (await this.#book.create(unit, request, { id: input.id, mode: 'video', note: input.note }));
        const placed = await this.#book.place(unit, row, forActor(actor, input), (found) => bookOrAsk(unit, found));
        return { appointments: [placed], before: [{ ...before, afterVersion: placed.version }] };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  /** Another slot. Throws as booking does, and `appointment.version_conflict`, `appointment.state_conflict`. */
  async move(
    actor: Actor,
    id: AppointmentId,
    { operationId, ...input }: Placement & { operationId: OperationId; version: number },
  ): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'appointment.move', body: { id, ...input } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, 'place', id, input.version);
        const before = await this.#book.snapshot(unit, row);
        const placed = await this.moveRow(unit, row, forActor(actor, input));
        return { appointments: [placed], before: [{ ...before, afterVersion: placed.version }] };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  /** For a unit of work of a roster change, whose decisions move appointments. */
  moveRow(unit: Unit, row: AppointmentRow, placement: Placement): Promise<AppointmentRow> {
    return this.#book.place(unit, row, placement, (found) => {
      assertOpen(unit, found);
      return { event: 'move', expiresAt: null };
    });
  }

  /** A coordinator says yes to what a station asked for. */
  async confirm(
    actor: Actor,
    id: AppointmentId,
    { operationId, version }: { operationId: OperationId; version: number },
  ): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'appointment.confirm', body: { id, version } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, 'coordinate', id, version);
        return { appointments: [await this.#book.settle(unit, row, 'confirm')] };
      },
    );
    return toChanged(this.#runner, receipt);
  }
}

/** A station books what its service allows and asks for the rest. */
function bookOrAsk(unit: Unit, found: FoundSlot): { event: 'book' | 'ask'; expiresAt: Instant | null } {
  if (unit.actor?.role !== 'feldsher' || found.service.stationMayBook) return { event: 'book', expiresAt: null };
  const untilSlot = found.slot.from * 60_000;
  return { event: 'ask', expiresAt: toInstant(new Date(Math.min(Date.parse(unit.at) + ASK_MS, untilSlot))) };
}

/** For what cannot be asked for, only booked. */
export function bookForGood(unit: Unit, found: FoundSlot): { event: 'book'; expiresAt: null } {
  assertOpen(unit, found);
  return { event: 'book', expiresAt: null };
}

/** Throws `slot.unavailable` with `needs_confirmation` to a station where the service is not open to it. */
function assertOpen(unit: Unit, { service }: FoundSlot): void {
  if (unit.actor?.role === 'feldsher' && !service.stationMayBook) {
    throw new DomainError('slot.unavailable', { fields: [{ path: 'startsAt', code: 'needs_confirmation' }] });
  }
}

/** Only a coordinator puts somebody on a taken slot. */
export function forActor(actor: Actor, placement: Placement): Placement {
  return { ...placement, mayOverbook: placement.mayOverbook && actor.role === 'coordinator' };
}
