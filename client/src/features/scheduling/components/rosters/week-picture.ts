import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { type Session, sessionsOfDay, slotsOf } from '@jaqyn/shared/scheduling/expand';
import type { CalendarDay, WorkCalendar } from '@jaqyn/shared/scheduling/holidays';
import {
  addDays,
  DAY_MINUTES,
  eachDay,
  minuteAt,
  overlaps,
  type Span,
  toMinute,
  weekdayOf,
} from '@jaqyn/shared/scheduling/local-day';
import type { RosterTemplate } from '@jaqyn/shared/scheduling/roster';
import type { RosterException } from '@jaqyn/shared/scheduling/roster.contract';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';

export function mondayOf(day: CalendarDate): CalendarDate {
  return addDays(day, 1 - weekdayOf(day));
}

/** A window of work on a day of the plot, in minutes of that day. */
export interface Block {
  readonly session: Session;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly closed: readonly Span[];
  readonly slots: number;
}

export interface PictureDay {
  readonly day: CalendarDate;
  readonly special: SpecialDay | undefined;
  /** What is booked by slots; on call is drawn above the hours. */
  readonly blocks: readonly Block[];
  readonly duties: readonly Session[];
  /** Leaves and hours off, clipped to the day. */
  readonly closures: readonly { readonly exception: RosterException; readonly from: number; readonly to: number }[];
}

export interface Picture {
  readonly days: readonly PictureDay[];
  /** First and last whole hour that is drawn. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly slots: number;
}

/** A usual working day is drawn even when it is empty, so that weeks look alike. */
const USUAL_HOURS = { from: 8, to: 18 };

/** A week as it is drawn: sessions, leaves and special days by local day and minute. */
export function drawWeek(
  monday: CalendarDate,
  sessions: readonly Session[],
  exceptions: readonly RosterException[],
  specialDays: readonly SpecialDay[],
): Picture {
  let { from: fromHour, to: toHour } = USUAL_HOURS;
  let slots = 0;
  const days = eachDay(monday, addDays(monday, 6)).map((day): PictureDay => {
    const start = minuteAt(day, 0);
    const clip = ({ from, to }: Span) => ({ from: Math.max(0, from - start), to: Math.min(DAY_MINUTES, to - start) });
    const mine = sessions.filter((session) => session.day === day);
    const blocks = mine
      .filter(({ mode }) => mode !== 'on_call')
      .map((session): Block => {
        const { from, to } = clip(session);
        fromHour = Math.min(fromHour, Math.floor(from / 60));
        toHour = Math.max(toHour, Math.ceil(to / 60));
        const count = slotsOf(session).length;
        slots += count;
        return { session, fromMinute: from, toMinute: to, closed: session.closed.map(clip), slots: count };
      });
    const whole = { from: start, to: start + DAY_MINUTES };
    const closures = exceptions
      .filter(({ kind }) => kind === 'closure')
      .filter((exception) => overlaps(spanOf(exception), whole))
      .map((exception) => ({ exception, ...clip(spanOf(exception)) }));
    return {
      day,
      special: specialDays.find((special) => special.day === day),
      blocks,
      duties: mine.filter(({ mode }) => mode === 'on_call'),
      closures,
    };
  });
  return { days, fromHour, toHour, slots };
}

export function spanOf({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }): Span {
  return { from: toMinute(startsAt), to: toMinute(endsAt) };
}

export function toSession(session: BoardSession): Session {
  return { ...session, ...spanOf(session), closed: session.closed.map(spanOf) };
}

/** The calendar the server answered; a day it says nothing of is an ordinary one. */
export function calendarOf(days: readonly SpecialDay[]): WorkCalendar {
  const byDay = new Map(days.map((special) => [special.day, special]));
  return {
    dayKind(day): CalendarDay {
      const special = byDay.get(day);
      if (special === undefined) return { kind: 'ordinary' };
      return special.kind === 'day_off'
        ? { kind: 'day_off', name: special.name, isMoved: special.isMoved }
        : { kind: 'working_day', name: special.name, worksAs: special.worksAs };
    },
  };
}

/** Sessions a template would make on these days, with leaves taken out; what the server will make of it as well. */
export function sessionsOfTemplate(
  template: RosterTemplate,
  exceptions: readonly RosterException[],
  specialDays: readonly SpecialDay[],
  from: CalendarDate,
  to: CalendarDate,
): Session[] {
  const closures = exceptions
    .filter(({ kind }) => kind === 'closure')
    .map((exception) => ({ ...spanOf(exception), id: exception.id, reason: exception.reason ?? ('other' as const) }));
  const calendar = calendarOf(specialDays);
  return eachDay(from, to).flatMap((day) =>
    sessionsOfDay({ templates: [template], closures, extras: [] }, day, calendar),
  );
}
