import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import { addDays, dayOf, fromMinute, type Minute, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Roster } from '@jaqyn/shared/scheduling/roster';
import type { Decision } from '@jaqyn/shared/scheduling/roster.contract';
import { freeSlots } from '@jaqyn/shared/scheduling/slot';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import type { AppointmentBook } from './appointment-book.ts';
import { appointmentSteps } from './appointment-step.ts';
import { spanOf } from './appointment-time.ts';
import type { BookingService } from './booking.service.ts';
import { claimRepository } from './claim.repository.ts';
import { toTaken } from './day-load.ts';
import { peopleRepository } from './people.repository.ts';
import { type ReadRoster, sessionsBetween, spanOfDays, toRead } from './schedule-reader.ts';
import type { Unit } from './schedule-runner.ts';

/** A roster as it is and as it would be. */
export interface RosterChange {
  readonly practitionerId: PractitionerId;
  readonly before: ReadRoster;
  readonly after: ReadRoster;
  /** First day that may differ. */
  readonly from: CalendarDate;
}

export function changeOf(before: ReadRoster, after: Roster, from: CalendarDate): RosterChange {
  return {
    practitionerId: before.practitionerId,
    before,
    after: toRead(before.practitionerId, after, before.calendar),
    from,
  };
}

/**
 * Booked appointments to come whose slot would be gone. One that was put beside the roster earlier, by a decision, has no slot to
 * lose and is not asked about again.
 */
export async function listAffected(tx: Tx, change: RosterChange, at: Instant): Promise<AppointmentRow[]> {
  const from = Math.max(toMinute(at), spanOfDays(change.from, change.from).from);
  const booked = await appointmentRepository.listBooked(tx, change.practitionerId, fromMinute(from));
  return booked.filter((row) => hasSlot(change.before, spanOf(row)) && !hasSlot(change.after, spanOf(row)));
}

export function hasSlot(read: ReadRoster, span: Span): boolean {
  return read
    .sessionsOf(dayOf(span.from))
    .some((session) => slotsOf(session).some(({ from, to }) => from === span.from && to === span.to));
}

/** How far ahead an affected patient's next slot is looked for. */
const SUGGEST_DAYS = 14;

/** For each affected appointment a slot it could move to: the substitute's at the same time, else the nearest of the same specialist. */
export async function suggestSlots(
  tx: Tx,
  change: RosterChange,
  affected: readonly AppointmentRow[],
  at: Instant,
  substitute: ReadRoster | undefined,
): Promise<Map<AppointmentId, { practitionerId: PractitionerId; startsAt: Instant }>> {
  const suggestions = new Map<AppointmentId, { practitionerId: PractitionerId; startsAt: Instant }>();
  const [first, last] = [affected[0], affected.at(-1)];
  if (first === undefined || last === undefined) return suggestions;
  const now = toMinute(at);
  const from = dayOf(Math.max(now, spanOf(first).from));
  const to = addDays(dayOf(spanOf(last).from), SUGGEST_DAYS);
  const own = await readFree(tx, change.after, from, to, now);
  const theirs = substitute === undefined ? [] : await readFree(tx, substitute, from, to, now);
  const isElsewhere = await readClashes(tx, affected, from, to, at);
  const given = new Set<Minute>();
  for (const row of affected) {
    const wanted = spanOf(row).from;
    const fits = (start: Minute) => !isElsewhere(row, { from: start, to: start + spanOf(row).to - wanted });
    if (substitute !== undefined && theirs.includes(wanted) && fits(wanted)) {
      suggestions.set(row.id as AppointmentId, {
        practitionerId: substitute.practitionerId,
        startsAt: fromMinute(wanted),
      });
      continue;
    }
    const near = own
      .filter((start) => !given.has(start) && Math.abs(start - wanted) <= SUGGEST_DAYS * 1440)
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
      .find(fits);
    if (near === undefined) continue;
    given.add(near);
    suggestions.set(row.id as AppointmentId, { practitionerId: change.practitionerId, startsAt: fromMinute(near) });
  }
  return suggestions;
}

/** Whether the patient is with somebody else at a time, or every camera of the station is; their own appointment does not count. */
async function readClashes(
  tx: Tx,
  affected: readonly AppointmentRow[],
  from: CalendarDate,
  to: CalendarDate,
  at: Instant,
): Promise<(row: AppointmentRow, span: Span) => boolean> {
  const span = spanOfDays(from, to);
  const patientIds = [...new Set(affected.map(({ patientId }) => patientId))];
  const stationIds = [...new Set(affected.map(({ stationId }) => stationId))];
  const claims = [
    ...(await claimRepository.listTaken(tx, 'patient', patientIds, span)),
    ...(await claimRepository.listTaken(tx, 'station', stationIds, span)),
  ].filter(({ expiresAt }) => expiresAt === null || expiresAt > at);
  const byResource = Map.groupBy(claims, ({ resourceId }) => resourceId);
  const kits = await peopleRepository.listKits(tx, stationIds);
  const takenOf = (resourceId: string, row: AppointmentRow, wanted: Span) =>
    (byResource.get(resourceId) ?? []).filter(
      (claim) =>
        claim.holderId !== row.id &&
        toMinute(claim.startsAt as Instant) < wanted.to &&
        toMinute(claim.endsAt as Instant) > wanted.from,
    );
  return (row, wanted) =>
    row.mode === 'video' &&
    (takenOf(row.patientId, row, wanted).length > 0 ||
      new Set(takenOf(row.stationId, row, wanted).map(({ lane }) => lane)).size >=
        (kits.get(row.stationId)?.cameras ?? 1));
}

/** Starts of free video slots. */
async function readFree(
  tx: Tx,
  read: ReadRoster,
  from: CalendarDate,
  to: CalendarDate,
  now: Minute,
): Promise<Minute[]> {
  const claims = await claimRepository.listTaken(tx, 'practitioner', [read.practitionerId], spanOfDays(from, to));
  const slots = sessionsBetween(read, from, to)
    .filter(({ mode }) => mode === 'video')
    .flatMap(slotsOf);
  return freeSlots(slots, claims.map(toTaken), now).map(({ from }) => from);
}

/** Slots of four weeks from a day on. */
export function countSlots(read: ReadRoster, from: CalendarDate): number {
  return sessionsBetween(read, from, addDays(from, 27)).reduce((sum, session) => sum + slotsOf(session).length, 0);
}

/**
 * Does with each affected appointment what was decided for it. Throws `roster.booked_affected` naming those without a decision or
 * with one that was made on an older version; then nothing is done at all.
 */
export async function carryOut(
  unit: Unit,
  affected: readonly AppointmentRow[],
  decisions: readonly Decision[],
  by: { book: AppointmentBook; bookings: Pick<BookingService, 'moveRow'> },
): Promise<AppointmentRow[]> {
  const byId = new Map(decisions.map((decision) => [decision.appointmentId as string, decision]));
  const undecided = affected.filter((row) => byId.get(row.id)?.version !== row.version);
  if (undecided.length > 0) {
    throw new DomainError('roster.booked_affected', {
      fields: undecided.map(({ id }) => ({ path: `appointment:${id}`, code: byId.has(id) ? 'changed' : 'undecided' })),
    });
  }
  const done: AppointmentRow[] = [];
  for (const row of affected) {
    const decision = byId.get(row.id)?.decision;
    switch (decision?.kind) {
      case undefined:
      case 'keep':
        done.push(await appointmentSteps.note(unit, row, 'keep_beside_roster', {}));
        break;
      case 'put_back':
        done.push(await by.book.giveBack(unit, row, 'put_back'));
        break;
      case 'move':
        done.push(
          await by.bookings.moveRow(unit, row, {
            practitionerId: decision.practitionerId,
            startsAt: decision.startsAt,
            alsoPractitionerIds: [],
            holdId: null,
            mayOverbook: false,
          }),
        );
        break;
    }
  }
  return done;
}
