import type { AuditActionOf } from '@jaqyn/shared/audit/audit-actions';
import type { OperationId, PractitionerId, RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { addDays, dayOf, eachDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { RosterTemplate } from '@jaqyn/shared/scheduling/roster';
import type { Decision, RosterChanged, RosterPreview } from '@jaqyn/shared/scheduling/roster.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { StaffService } from '../staff/staff.service.ts';
import type { AppointmentRow } from './appointment.repository.ts';
import { type AppointmentBook, myRegion } from './appointment-book.ts';
import type { BookingService } from './booking.service.ts';
import { toChanged } from './changed.ts';
import { HORIZON_DAYS } from './day-load.ts';
import { peopleRepository, type Scheduled } from './people.repository.ts';
import { toAffected, toTemplateView } from './roster.view.ts';
import { carryOut, countSlots, listAffected, type RosterChange, suggestSlots } from './roster-effects.ts';
import { type ReadRoster, scheduleReader } from './schedule-reader.ts';
import type { ScheduleRunner, Unit } from './schedule-runner.ts';
import { mayRoster } from './scheduling.policy.ts';
import { shiftRoster } from './shift-roster.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
  readonly bookings: Pick<BookingService, 'moveRow'>;
  readonly staff: Pick<StaffService, 'replaceShifts'>;
}

/** The id of an entry that is only looked at. */
export const PREVIEWED = 'ffffffff-ffff-7fff-bfff-ffffffffffff' as RosterEntryId;

/** A year: templates are looked at that far when it is asked what they would change. */
const YEAR_DAYS = 400;

/** How any change of a roster is made: by whom, as one operation, and with everything that follows from it. */
export class RosterChanger {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;
  readonly #bookings: Pick<BookingService, 'moveRow'>;
  readonly #staff: Pick<StaffService, 'replaceShifts'>;

  constructor({ runner, book, bookings, staff }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
    this.#bookings = bookings;
    this.#staff = staff;
  }

  /** The specialist, when the actor may change their roster; otherwise `practitioner.not_found`. */
  async getRostered(tx: Tx, actor: Actor, practitionerId: PractitionerId): Promise<Scheduled> {
    const practitioner = await peopleRepository.findPractitioner(tx, practitionerId);
    if (practitioner === undefined || !mayRoster(actor, practitioner, await myRegion(tx, actor))) {
      throw new DomainError('practitioner.not_found');
    }
    return practitioner;
  }

  /** One operation on rosters: what became of appointments is in the receipt, it cannot be undone but taken back. */
  async operate(
    actor: Actor,
    operationId: OperationId,
    kind: string,
    body: object,
    rosterEntryIds: RosterEntryId[],
    work: (unit: Unit) => Promise<AppointmentRow[]>,
  ): Promise<RosterChanged> {
    const receipt = await this.#runner.operate(actor, { id: operationId, kind, body }, async (unit) => ({
      appointments: await work(unit),
    }));
    return { ...(await toChanged(this.#runner, receipt)), rosterEntryIds };
  }

  /** Loads, shifts and decisions follow a roster that has been written. */
  async applyChange(unit: Unit, change: RosterChange, decisions: readonly Decision[]): Promise<AppointmentRow[]> {
    const affected = await listAffected(unit.tx, change, unit.at);
    const done = await carryOut(unit, affected, decisions, { book: this.#book, bookings: this.#bookings });
    const from = change.from < unit.today ? unit.today : change.from;
    unit.touchDays(change.practitionerId, eachDay(from, addDays(unit.today, HORIZON_DAYS)));
    await shiftRoster.replace(unit.tx, this.#staff, change.practitionerId, change, unit.today);
    return done;
  }

  /** From yesterday, whose duty may go on, a year ahead. */
  readYear(tx: Tx, practitionerId: PractitionerId, today: CalendarDate): Promise<ReadRoster> {
    return scheduleReader.readRoster(tx, practitionerId, addDays(today, -1), addDays(today, YEAR_DAYS));
  }
}

/** What a change would do to what is booked, and how many slots there would be. */
export async function preview(
  tx: Tx,
  change: RosterChange,
  at: Instant,
  overlapping: readonly RosterTemplate[],
  substitute?: ReadRoster,
): Promise<RosterPreview> {
  const affected = await listAffected(tx, change, at);
  const suggestions = await suggestSlots(tx, change, affected, at, substitute);
  const today = dayOf(toMinute(at));
  const from = change.from < today ? today : change.from;
  return {
    affected: await toAffected(tx, affected, suggestions),
    slotsBefore: countSlots(change.before, from),
    slotsAfter: countSlots(change.after, from),
    overlapping: overlapping.map(toTemplateView),
  };
}

export async function audit(
  unit: Unit,
  event: AuditActionOf<'roster'>,
  id: string,
  detail: Record<string, string | null>,
): Promise<void> {
  await auditLog.append(unit.tx, {
    at: unit.at,
    actor: unit.actor,
    action: `roster.${event}`,
    entityType: 'roster',
    entityId: id,
    detail,
  });
}
