import type { PractitionerId, ServiceCode, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { addDays, fromMinute, subtract } from '@jaqyn/shared/scheduling/local-day';
import type { Tx } from '../../db/store.ts';
import type { StaffService } from '../staff/staff.service.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { type ReadRoster, sessionsBetween } from './schedule-reader.ts';

/** How far ahead on-call templates become shifts of the ladder. */
export const SHIFT_DAYS = 60;

/** A shift as the staff module keeps it, without whose it is. */
interface Shift {
  readonly specialty: SpecialtyCode;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly rank: number;
}

type Staff = Pick<StaffService, 'replaceShifts'>;

/** Turns on-call sessions into the shifts by which devices ring. */
export const shiftRoster = {
  /** What was on call by the roster before gives way to what is by the roster now; shifts entered otherwise stay. */
  async replace(
    tx: Tx,
    staff: Staff,
    practitionerId: PractitionerId,
    rosters: { before: ReadRoster; after: ReadRoster },
    today: CalendarDate,
  ): Promise<void> {
    // A duty that began yesterday may go on today.
    const [from, to] = [addDays(today, -1), addDays(today, SHIFT_DAYS)];
    const before = await shiftsOf(tx, rosters.before, from, to);
    const after = await shiftsOf(tx, rosters.after, from, to);
    const keys = new Set(after.map(keyOf));
    const gone = before.filter((shift) => !keys.has(keyOf(shift)));
    if (gone.length === 0 && after.length === 0) return;
    await staff.replaceShifts(tx, practitionerId, { remove: gone.map(({ startsAt }) => startsAt), add: after });
  },

  /** Adds the shifts of some days that are not there yet. */
  async extend(tx: Tx, staff: Staff, read: ReadRoster, from: CalendarDate, to: CalendarDate): Promise<void> {
    const shifts = await shiftsOf(tx, read, from, to);
    if (shifts.length > 0) await staff.replaceShifts(tx, read.practitionerId, { remove: [], add: shifts });
  },
};

async function shiftsOf(tx: Tx, read: ReadRoster, from: CalendarDate, to: CalendarDate): Promise<Shift[]> {
  const sessions = sessionsBetween(read, from, to).filter(({ mode }) => mode === 'on_call');
  const specialties = new Map<ServiceCode, SpecialtyCode>();
  for (const code of new Set(sessions.map(({ service }) => service))) {
    const service = await healthcareServiceRepository.find(tx, code);
    if (service !== undefined) specialties.set(code, service.specialty);
  }
  return sessions.flatMap((session) => {
    const specialty = specialties.get(session.service);
    if (specialty === undefined) return [];
    return subtract(session, session.closed).map((piece) => ({
      specialty,
      startsAt: fromMinute(piece.from),
      endsAt: fromMinute(piece.to),
      rank: session.rank ?? 1,
    }));
  });
}

function keyOf({ startsAt, endsAt, rank, specialty }: Shift): string {
  return `${startsAt} ${endsAt} ${rank} ${specialty}`;
}
