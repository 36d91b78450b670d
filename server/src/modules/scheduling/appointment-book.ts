import type { AppointmentId, PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { CancelReason } from '@jaqyn/shared/scheduling/appointment.contract';
import {
  type AppointmentEvent,
  CLAIMING_STATES,
  isAppointmentIn,
  LIVE_STATES,
  TENTATIVE_STATES,
} from '@jaqyn/shared/scheduling/appointment.machine';
import { fromMinute, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { treatBy } from '@jaqyn/shared/scheduling/waitlist';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import { appointmentSteps } from './appointment-step.ts';
import { appointmentTime, type Placement } from './appointment-time.ts';
import { claimRepository } from './claim.repository.ts';
import { claimBook } from './claim-book.ts';
import { peopleRepository, type RequestFacts } from './people.repository.ts';
import type { RequestLife, RequestStage } from './request-life.ts';
import type { Before, Unit } from './schedule-runner.ts';
import { type AppointmentAction, mayActOn } from './scheduling.policy.ts';
import type { FoundSlot } from './slot-finder.ts';

/** Events that give an appointment a slot, and for how long. */
type PlacingEvent = Extract<AppointmentEvent, 'book' | 'ask' | 'offer' | 'move'>;

/**
 * What is done with an appointment, one unit of work at a time: its step of the machine, its time and its request go together. The
 * services decide what to do; here it is done.
 */
export class AppointmentBook {
  readonly #requests: RequestLife;
  readonly #expire = (unit: Unit, id: AppointmentId): Promise<void> => this.expire(unit, id);

  constructor({ requests }: { requests: RequestLife }) {
    this.#requests = requests;
  }

  /** The request, when the actor may place it; otherwise `consultation.not_found`, the same for a missing one. */
  async getRequest(
    tx: Tx,
    actor: Actor,
    id: RequestId,
  ): Promise<RequestFacts & { patientId: NonNullable<RequestFacts['patientId']> }> {
    const request = await peopleRepository.findRequest(tx, id);
    const mine = await myRegion(tx, actor);
    if (request === undefined || !mayActOn(actor, 'place', { ...request, practitionerIds: [] }, mine)) {
      throw new DomainError('consultation.not_found');
    }
    if (request.patientId === null) throw new DomainError('appointment.patient_required');
    return { ...request, patientId: request.patientId };
  }

  /**
   * The appointment, when the actor may do this with it; otherwise `appointment.not_found`. With a version, it must still be that
   * one: `appointment.version_conflict`.
   */
  async get(
    tx: Tx,
    actor: Actor,
    action: AppointmentAction,
    id: AppointmentId,
    version?: number,
  ): Promise<AppointmentRow> {
    const row = await appointmentRepository.find(tx, id);
    if (row === undefined || !(await this.may(tx, actor, action, row))) throw new DomainError('appointment.not_found');
    if (version !== undefined && row.version !== version) throw new DomainError('appointment.version_conflict');
    return row;
  }

  async may(tx: Tx, actor: Actor, action: AppointmentAction, row: AppointmentRow): Promise<boolean> {
    const station = await peopleRepository.findStationRegion(tx, row.stationId);
    const members = await appointmentRepository.listMembers(tx, row.id as AppointmentId);
    const practitionerIds = row.practitionerId === null ? [] : [row.practitionerId, ...members];
    const facts = { stationId: row.stationId, region: station?.region ?? null, practitionerIds };
    return mayActOn(actor, action, facts, await myRegion(tx, actor));
  }

  /** How it is before an operation; `afterVersion` is set when the operation is over. */
  async snapshot(unit: Unit, row: AppointmentRow): Promise<Omit<Before, 'afterVersion'>> {
    const id = row.id as AppointmentId;
    const hadSlot = (await appointmentTime.findLost(unit.tx, row)) === undefined;
    const members = await appointmentRepository.listMembers(unit.tx, id);
    return { id, row, members, hadSlot, requestStage: stageOf(row) };
  }

  /** A new appointment without a slot. */
  async create(
    unit: Unit,
    request: Awaited<ReturnType<AppointmentBook['getRequest']>>,
    values: Pick<AppointmentRow, 'id' | 'mode'> & Partial<AppointmentRow>,
  ): Promise<AppointmentRow> {
    const { id } = values;
    if ((await appointmentRepository.find(unit.tx, id as AppointmentId)) !== undefined) {
      throw new DomainError('idempotency.key_reused');
    }
    const rules = await appointmentRepository.listTreatByRules(unit.tx);
    const row: AppointmentRow = {
      requestId: request.id,
      status: 'waitlist',
      version: 1,
      specialty: request.specialty,
      service: null,
      patientId: request.patientId,
      stationId: request.stationId,
      urgency: request.urgency,
      treatBy: fromMinute(treatBy(toMinute(request.createdAt), request.urgency, rules)),
      startsAt: null,
      endsAt: null,
      practitionerId: null,
      lane: 0,
      seriesId: null,
      expiresAt: null,
      cancelReason: null,
      noShowCause: null,
      note: '',
      replacedById: null,
      createdAt: unit.at,
      createdBy: unit.actor?.userId ?? 'system',
      statusChangedAt: unit.at,
      isDemo: false,
      ...values,
    };
    await appointmentRepository.insert(unit.tx, row);
    await appointmentSteps.audit(unit, row, 'create', { requestId: request.id, mode: row.mode });
    unit.touchAppointment(row);
    return row;
  }

  /** Puts it on a slot; `decide` says by which event, and until when, once the slot is known. What it had before is given back. */
  async place(
    unit: Unit,
    row: AppointmentRow,
    placement: Placement,
    decide: (found: FoundSlot) => { event: PlacingEvent; expiresAt: Instant | null },
  ): Promise<AppointmentRow> {
    const found = await appointmentTime.findSlot(unit, row, placement);
    const { slot, service, session } = found;
    const { event, expiresAt } = decide(found);
    const members = [...new Set(placement.alsoPractitionerIds)].filter((id) => id !== placement.practitionerId);
    await appointmentTime.assertMembersThere(unit, members, slot);

    const hold = placement.holdId === null ? undefined : await claimRepository.findHold(unit.tx, placement.holdId);
    if (hold !== undefined && hold.userId === unit.actor?.userId) await claimBook.dropHold(unit, hold.id);
    if (isAppointmentIn(row.status, CLAIMING_STATES)) await appointmentTime.release(unit, row);

    let placed = await appointmentSteps.take(unit, row, event, {
      service: service.code,
      mode: session.mode,
      startsAt: fromMinute(slot.from),
      endsAt: fromMinute(slot.to),
      practitionerId: placement.practitionerId,
      lane: 0,
      expiresAt,
    });
    await appointmentRepository.saveMembers(unit.tx, row.id as AppointmentId, members);
    const lane = await appointmentTime.take(unit, placed, members, {
      lanes: placement.mayOverbook ? 1 + service.overbookLanes : 1,
      wasHeld: placement.holdId !== null && hold === undefined,
      expire: this.#expire,
    });
    if (lane > 0) placed = await appointmentSteps.write(unit, placed, { lane });
    await this.bring(unit, placed);
    return placed;
  }

  /** What was offered or asked for is booked: the same slot, from now on without an end. */
  async settle(unit: Unit, row: AppointmentRow, event: 'confirm' | 'accept'): Promise<AppointmentRow> {
    const members = await appointmentRepository.listMembers(unit.tx, row.id as AppointmentId);
    // A claim never changes, so that it is made anew without its end.
    await claimBook.release(unit, row.id);
    const settled = await appointmentSteps.take(unit, row, event, { expiresAt: null });
    const placed = await this.#claimBack(unit, settled, members);
    await this.bring(unit, placed);
    return placed;
  }

  /** Gives its slot back and leaves it in a state without one. */
  async giveBack(
    unit: Unit,
    row: AppointmentRow,
    event: Extract<AppointmentEvent, 'put_back' | 'cancel' | 'miss' | 'decline' | 'expire'>,
    change: Partial<AppointmentRow> = {},
  ): Promise<AppointmentRow> {
    const keepsTime = event === 'miss' || event === 'cancel';
    await appointmentTime.release(unit, row);
    if (!keepsTime) await appointmentRepository.saveMembers(unit.tx, row.id as AppointmentId, []);
    const after = await appointmentSteps.take(unit, row, event, {
      expiresAt: null,
      lane: 0,
      ...(keepsTime ? {} : { startsAt: null, endsAt: null, practitionerId: null, service: null }),
      ...change,
    });
    // Whatever ends an offer: one that stayed open would stand in the way of the next.
    await appointmentRepository.closeOffer(unit.tx, row.id as AppointmentId, OUTCOME[event]);
    await this.bring(unit, after);
    return after;
  }

  /** Its request has ended by itself: the slot is free, and the request is left as it is. */
  async cancelBeside(unit: Unit, row: AppointmentRow, reason: CancelReason): Promise<AppointmentRow> {
    await appointmentTime.release(unit, row);
    await appointmentRepository.closeOffer(unit.tx, row.id as AppointmentId, 'withdrawn');
    return appointmentSteps.take(unit, row, 'cancel', { expiresAt: null, lane: 0, cancelReason: reason });
  }

  /** Brings the request where its appointment is. */
  async bring(unit: Unit, row: AppointmentRow, stage: RequestStage = stageOf(row)): Promise<void> {
    const isBooked = !['accepted', 'waitlisted', 'cancelled'].includes(stage);
    await this.#requests.bring(unit.tx, unit.outbox, {
      requestId: row.requestId as RequestId,
      stage,
      actor: unit.actor,
      at: unit.at,
      practitionerId: isBooked ? (row.practitionerId as PractitionerId | null) : null,
    });
  }

  /** An offer or a question that nobody answered: the slot is free, the patient waits on. */
  async expire(unit: Unit, id: AppointmentId): Promise<void> {
    const row = await appointmentRepository.find(unit.tx, id);
    if (row === undefined || !isAppointmentIn(row.status, TENTATIVE_STATES)) return;
    await this.giveBack({ ...unit, actor: null }, row, 'expire');
  }

  /** Restores an appointment as it was; refused where somebody has its time meanwhile, like any other booking. */
  async restore(unit: Unit, before: Before): Promise<AppointmentRow> {
    const now = await appointmentRepository.find(unit.tx, before.id);
    if (now === undefined || now.version !== before.afterVersion) throw new DomainError('undo.superseded');
    await appointmentTime.release(unit, now);
    await appointmentRepository.closeOffer(unit.tx, before.id, 'withdrawn');
    if (before.row === null) {
      const undone = await appointmentSteps.write(unit, now, {
        status: 'cancelled',
        cancelReason: 'booked_by_mistake',
        noShowCause: null,
        expiresAt: null,
        statusChangedAt: unit.at,
      });
      await appointmentSteps.audit(unit, undone, 'undo', { from: now.status, to: 'cancelled' });
      await this.bring(unit, undone, before.requestStage);
      return undone;
    }
    const { id: _id, version: _version, ...values } = before.row;
    // Cancelled, and the request was booked anew meanwhile: it has one live appointment.
    const live = await appointmentRepository.findLive(unit.tx, before.row.requestId as RequestId);
    if (live !== undefined && live.id !== before.id && isAppointmentIn(before.row.status, LIVE_STATES)) {
      throw new DomainError('undo.superseded');
    }
    const lost = before.hadSlot === true ? await appointmentTime.findLost(unit.tx, before.row) : undefined;
    if (lost !== undefined) throw new DomainError('slot.unavailable', { fields: [{ path: 'startsAt', code: lost }] });
    let restored = await appointmentSteps.write(unit, now, values);
    await appointmentRepository.saveMembers(unit.tx, before.id, before.members);
    if (isAppointmentIn(restored.status, CLAIMING_STATES)) {
      restored = await this.#claimBack(unit, restored, before.members);
    }
    await appointmentSteps.audit(unit, restored, 'undo', { from: now.status, to: restored.status });
    await this.bring(unit, restored);
    return restored;
  }

  /** The time it had, in the lane it had or one below, which is what it then has. */
  async #claimBack(unit: Unit, row: AppointmentRow, members: readonly PractitionerId[]): Promise<AppointmentRow> {
    const lane = await appointmentTime.take(unit, row, members, {
      lanes: row.lane + 1,
      wasHeld: false,
      isBack: true,
      expire: this.#expire,
    });
    return lane === row.lane ? row : appointmentSteps.write(unit, row, { lane });
  }
}

/** What becomes of an open offer when its appointment gives the slot back. */
const OUTCOME = {
  put_back: 'withdrawn',
  cancel: 'withdrawn',
  miss: 'withdrawn',
  decline: 'declined',
  expire: 'expired',
} as const;

/** The oblast a coordinator acts for; undefined: everywhere. */
export async function myRegion(tx: Tx, actor: Actor): Promise<string | undefined> {
  return actor.role === 'coordinator' ? peopleRepository.findCoordinatorRegion(tx, actor.userId) : undefined;
}

function stageOf(row: AppointmentRow): RequestStage {
  switch (row.status) {
    case 'waitlist':
    case 'proposed':
    case 'pending':
      return 'waitlisted';
    case 'booked':
    case 'arrived':
      return row.mode === 'async' ? 'async_assigned' : 'booked';
    case 'checked-in':
    case 'fulfilled':
      return row.mode === 'async' ? 'async_assigned' : 'checked_in';
    case 'noshow':
      return 'no_show';
    case 'cancelled':
      return 'accepted';
  }
}
