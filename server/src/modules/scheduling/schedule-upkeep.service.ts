import { setImmediate } from 'node:timers/promises';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { AppointmentId, PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { addDays, eachDay, fromMinute, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { StaffService } from '../staff/staff.service.ts';
import { appointmentRepository } from './appointment.repository.ts';
import type { AppointmentBook } from './appointment-book.ts';
import { appointmentSteps } from './appointment-step.ts';
import { claimRepository } from './claim.repository.ts';
import { claimBook } from './claim-book.ts';
import { dayLoadRepository } from './day-load.repository.ts';
import { dayLoad, HORIZON_DAYS } from './day-load.ts';
import { peopleRepository } from './people.repository.ts';
import { rosterRepository } from './roster.repository.ts';
import { scheduleReader } from './schedule-reader.ts';
import type { ScheduleRunner } from './schedule-runner.ts';
import { SHIFT_DAYS, shiftRoster } from './shift-roster.ts';
import { findSlot } from './slot-finder.ts';
import type { WaitlistService } from './waitlist.service.ts';
import { findFits } from './waitlist-fit.ts';

/** What is done in one unit of work, so that nobody's booking waits long behind it. */
const AT_ONCE = 20;
/** Appointments looked at in one reading: some milliseconds. */
const LOOKED_AT_ONCE = 1000;
/** A slot that begins sooner is not offered by itself: nobody could bring the patient in time. */
const LEAD_MINUTES = 60;
/** How long an offer waits for its answer when the slot is days away. */
const OFFER_MINUTES = 120;
/** How many waiters are tried for one slot before it is left to people. */
const TRIES = 5;

/** States of a request in which its appointment has nothing more to do. */
const SEEN: readonly ConsultationState[] = [
  'conclusion_draft',
  'awaiting_signature',
  'signed',
  'delivered',
  'acknowledged',
  'follow_up_open',
  'closed',
  'amended',
];
const GONE: readonly ConsultationState[] = ['declined', 'redirected', 'cancelled'];
/** Sorted or booked anew: the slot for an answer in writing that it had is nobody's. */
const LEFT: readonly ConsultationState[] = ['in_triage', 'accepted'];

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
  readonly waitlist: Pick<WaitlistService, 'offerRow'>;
  readonly staff: Pick<StaffService, 'replaceShifts'>;
}

/** What time does to the schedule. Every step may be taken at any time, again, and by several processes. */
export class ScheduleUpkeepService {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;
  readonly #waitlist: Pick<WaitlistService, 'offerRow'>;
  readonly #staff: Pick<StaffService, 'replaceShifts'>;

  constructor({ runner, book, waitlist, staff }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
    this.#waitlist = waitlist;
    this.#staff = staff;
  }

  /** One round; true when there was more to do than fits into it. */
  async tick(): Promise<boolean> {
    const due = await this.#runner.read(async (tx, at) => ({
      holds: await claimRepository.listExpiredHolds(tx, at, AT_ONCE),
      offers: await appointmentRepository.listExpired(tx, at, AT_ONCE),
      freed: await appointmentRepository.listFreed(tx, at, AT_ONCE),
      loads: await dayLoadRepository.listQueued(tx, AT_ONCE),
      today: localDate(at),
      horizon: await dayLoadRepository.findHorizon(tx),
    }));
    if (due.horizon === undefined || due.horizon < addDays(due.today, HORIZON_DAYS)) await this.#extendHorizon();
    if (due.holds.length + due.offers.length > 0) await this.#endWhatExpired();
    for (const { practitionerId, startsAt } of due.freed) await this.#offerFreed(practitionerId, startsAt);
    if (due.loads.length > 0) await this.#writeLoads();
    return [due.holds, due.offers, due.freed, due.loads].some((list) => list.length === AT_ONCE);
  }

  /**
   * Follows a request that went its own way: seen by the specialist, its appointment is fulfilled; cancelled, it is cancelled.
   * Called when a request changes; whatever was missed while no process ran is found by `followAll`.
   */
  async follow(requestId: RequestId): Promise<void> {
    // Most requests that change have no appointment: looking costs no turn at writing.
    if ((await this.#runner.read((tx) => appointmentRepository.findLive(tx, requestId))) === undefined) return;
    await this.#runner.change(null, async (unit) => {
      const request = await peopleRepository.findRequest(unit.tx, requestId);
      const row = request && (await appointmentRepository.findLive(unit.tx, request.id));
      if (request === undefined || row === undefined) return;
      const hasLeft = LEFT.includes(request.status) && row.mode === 'async' && row.status === 'booked';
      if (hasLeft || GONE.includes(request.status) || (SEEN.includes(request.status) && row.startsAt === null)) {
        await this.#book.cancelBeside(unit, row, 'no_longer_needed');
      } else if (SEEN.includes(request.status)) {
        if (row.status === 'proposed' || row.status === 'pending')
          await this.#book.cancelBeside(unit, row, 'no_longer_needed');
        else await appointmentSteps.take(unit, row, 'fulfil');
      }
    });
  }

  async followAll(signal?: AbortSignal): Promise<void> {
    let after = '';
    while (true) {
      if (signal?.aborted === true) return;
      const from = after;
      const { requestIds, next } = await this.#runner.read((tx) =>
        appointmentRepository.listAstray(tx, [...SEEN, ...GONE], from, LOOKED_AT_ONCE),
      );
      for (const requestId of requestIds) await this.follow(requestId);
      if (next === null) return;
      after = next;
      // Others have their turn between the pieces.
      await setImmediate();
    }
  }

  async #extendHorizon(): Promise<void> {
    await this.#runner.change(null, async ({ tx, today }) => {
      const known = await dayLoadRepository.findHorizon(tx);
      const last = addDays(today, HORIZON_DAYS);
      if (known !== undefined && known >= last) return;
      const from = known === undefined || known < today ? today : addDays(known, 1);
      await dayLoadRepository.enqueue(tx, await rosterRepository.listRostered(tx, from), from, last);
      await dayLoadRepository.saveHorizon(tx, last);
    });
  }

  async #endWhatExpired(): Promise<void> {
    await this.#runner.change(null, async (unit) => {
      for (const { id } of await claimRepository.listExpiredHolds(unit.tx, unit.at, AT_ONCE))
        await claimBook.dropHold(unit, id);
      for (const { id } of await appointmentRepository.listExpired(unit.tx, unit.at, AT_ONCE)) {
        await this.#book.expire(unit, id as AppointmentId);
      }
    });
  }

  async #writeLoads(): Promise<void> {
    await this.#runner.change(null, async ({ tx, today }) => {
      for (const queued of await dayLoadRepository.listQueued(tx, AT_ONCE)) {
        const practitionerId = queued.practitionerId as PractitionerId;
        const days = eachDay(queued.fromDay as CalendarDate, queued.toDay as CalendarDate);
        await dayLoad.refresh(tx, practitionerId, days, today);
        await this.#extendShifts(tx, practitionerId, days, today);
        await dayLoadRepository.forgetBefore(tx, today, practitionerId);
        await dayLoadRepository.dequeue(tx, practitionerId);
      }
    });
  }

  /** On-call templates become shifts of the ladder as the days come near. */
  async #extendShifts(
    tx: Tx,
    practitionerId: PractitionerId,
    days: readonly CalendarDate[],
    today: CalendarDate,
  ): Promise<void> {
    const last = addDays(today, SHIFT_DAYS);
    // Loads reach farther ahead than shifts: as many days as were asked for there have come within reach here.
    const nearby = days[0] !== undefined && days[0] < last;
    const from = nearby ? (days[0] ?? today) : addDays(last, 1 - days.length);
    const read = await scheduleReader.readRoster(tx, practitionerId, from, last);
    await shiftRoster.extend(tx, this.#staff, read, from < today ? today : from, last);
  }

  /** The best of those who wait is offered the slot; whom it does not suit after all, the next. */
  async #offerFreed(practitionerId: PractitionerId, startsAt: Instant): Promise<void> {
    const skipped = new Set<string>();
    for (let tries = 0; tries < TRIES; tries += 1) {
      const tried = await this.#offerOnce(practitionerId, startsAt, skipped);
      if (tried === undefined) break;
      skipped.add(tried);
    }
    await this.#runner.change(null, ({ tx }) => appointmentRepository.forgetFreed(tx, practitionerId, startsAt));
  }

  /** Undefined when it is settled: offered, or nobody fits. Otherwise whom it could not be offered. */
  async #offerOnce(
    practitionerId: PractitionerId,
    startsAt: Instant,
    skipped: ReadonlySet<string>,
  ): Promise<string | undefined> {
    let tried: string | undefined;
    try {
      return await this.#runner.change(null, async (unit) => {
        tried = undefined;
        const from = toMinute(startsAt);
        if (from < unit.now + LEAD_MINUTES) return undefined;
        const search = await findSlot(unit.tx, practitionerId, startsAt);
        if (search.kind === 'none') return undefined;
        const taken = await claimRepository.listTaken(unit.tx, 'practitioner', [practitionerId], search.found.slot);
        if (taken.some(({ expiresAt }) => expiresAt === null || expiresAt > unit.at)) return undefined;
        const fits = await findFits(unit.tx, search.found, unit.at, {
          region: undefined,
          limit: TRIES,
          skipDeclined: true,
        });
        const best = fits.find(({ row }) => !skipped.has(row.appointment.id));
        if (best === undefined) return undefined;
        tried = best.row.appointment.id;
        // At most half of the time that is left, so that a second one can still be asked.
        const minutes = Math.min(OFFER_MINUTES, Math.floor((from - unit.now) / 2));
        await this.#waitlist.offerRow(
          unit,
          best.row.appointment,
          { practitionerId, startsAt: fromMinute(from) },
          minutes,
        );
        return undefined;
      });
    } catch (error) {
      if (error instanceof DomainError && tried !== undefined) return tried;
      throw error;
    }
  }
}
