import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { type Session, sessionsOfDay } from '@jaqyn/shared/scheduling/expand';
import { createWorkCalendar, type WorkCalendar } from '@jaqyn/shared/scheduling/holidays';
import { DAY_MINUTES, eachDay, minuteAt, type Span } from '@jaqyn/shared/scheduling/local-day';
import type { Roster } from '@jaqyn/shared/scheduling/roster';
import type { Tx } from '../../db/store.ts';
import { rosterRepository } from './roster.repository.ts';

/** One specialist's days: what the roster says, and what it comes to. */
export interface ReadRoster {
  readonly practitionerId: PractitionerId;
  readonly roster: Roster;
  readonly calendar: WorkCalendar;
  sessionsOf(day: CalendarDate): readonly Session[];
}

let lastCalendar: { readonly key: string; readonly calendar: WorkCalendar } | undefined;

/** Rosters and the days they make, read in one unit of work. */
export const scheduleReader = {
  /** Orders change a few times a year; working the law out again for each request would cost more than the rest of it. */
  async readCalendar(tx: Tx): Promise<WorkCalendar> {
    const orders = await rosterRepository.listOrders(tx);
    const key = JSON.stringify(orders);
    if (lastCalendar?.key !== key) lastCalendar = { key, calendar: createWorkCalendar(orders) };
    return lastCalendar.calendar;
  },

  async readRosters(
    tx: Tx,
    ids: readonly PractitionerId[],
    from: CalendarDate,
    to: CalendarDate,
  ): Promise<Map<PractitionerId, ReadRoster>> {
    const calendar = await scheduleReader.readCalendar(tx);
    const rosters = await rosterRepository.loadRosters(tx, ids, from, to, spanOfDays(from, to));
    return new Map(
      [...rosters].map(([practitionerId, roster]) => [practitionerId, toRead(practitionerId, roster, calendar)]),
    );
  },

  async readRoster(tx: Tx, id: PractitionerId, from: CalendarDate, to: CalendarDate): Promise<ReadRoster> {
    const calendar = await scheduleReader.readCalendar(tx);
    const rosters = await rosterRepository.loadRosters(tx, [id], from, to, spanOfDays(from, to));
    return toRead(id, rosters.get(id) ?? { templates: [], closures: [], extras: [] }, calendar);
  },
};

/** From the first minute of `from` to the last of `to`. */
export function spanOfDays(from: CalendarDate, to: CalendarDate): Span {
  return { from: minuteAt(from, 0), to: minuteAt(to, DAY_MINUTES) };
}

export function toRead(practitionerId: PractitionerId, roster: Roster, calendar: WorkCalendar): ReadRoster {
  const byDay = new Map<CalendarDate, Session[]>();
  return {
    practitionerId,
    roster,
    calendar,
    sessionsOf(day) {
      let sessions = byDay.get(day);
      if (sessions === undefined) {
        sessions = sessionsOfDay(roster, day, calendar);
        byDay.set(day, sessions);
      }
      return sessions;
    },
  };
}

/** Sessions of a run of days. */
export function sessionsBetween(read: ReadRoster, from: CalendarDate, to: CalendarDate): Session[] {
  return eachDay(from, to).flatMap((day) => read.sessionsOf(day));
}
