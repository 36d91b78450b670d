/** From rosters to sessions to slots. Pure, and the same on the server and on the board. */
import type { RosterEntryId, ServiceCode } from '../kernel/ids.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { WorkCalendar } from './holidays.ts';
import { dayOf, minuteAt, overlaps, type Span, subtract, weekdayOf } from './local-day.ts';
import type { Roster, RosterTemplate, SlotMode } from './roster.ts';

/** A window of work on one day. */
export interface Session extends Span {
  /** The day it starts on. */
  readonly day: CalendarDate;
  readonly service: ServiceCode;
  readonly mode: SlotMode;
  readonly slotMinutes: number;
  readonly bufferMinutes: number;
  readonly rank: number | null;
  readonly source: { readonly kind: 'template' | 'extra'; readonly id: RosterEntryId };
  /** Parts of it that are not worked. Slots that touch one are gone, the others stay where they are. */
  readonly closed: readonly Span[];
}

/**
 * What a specialist does on a day, in the order of time. Whatever the roster holds, no two slots of the answer overlap: an extra
 * session goes before a template, and of two templates (which the database refuses) the earlier one.
 */
export function sessionsOfDay(roster: Roster, day: CalendarDate, calendar: WorkCalendar): Session[] {
  const extras = roster.extras
    .filter((extra) => dayOf(extra.from) === day)
    .map((extra): Session => ({ ...extra, day, source: { kind: 'extra', id: extra.id }, closed: [] }));
  const kind = calendar.dayKind(day);
  const weekday = kind.kind === 'working_day' && kind.worksAs !== null ? kind.worksAs : weekdayOf(day);
  const regular = roster.templates
    .filter((template) => appliesOn(template, day, weekday) && (kind.kind !== 'day_off' || template.worksOnHolidays))
    .map((template): Session => {
      const from = minuteAt(day, template.startMinute);
      const to = minuteAt(day, template.endMinute);
      return { ...template, day, from, to, source: { kind: 'template', id: template.id }, closed: [] };
    });

  const before: Session[] = [];
  for (const session of [...extras.sort(byTime), ...regular.sort(byTime)]) {
    const taken = before.filter((other) => isSameKind(other, session));
    const closed = [...roster.closures, ...taken].filter((span) => overlaps(span, session));
    before.push(toSession(session, closed));
  }
  return before.filter((session) => subtract(session, session.closed).length > 0).sort(byTime);
}

/** The slots of a session that can be worked, in the order of time. None on call. */
export function slotsOf(session: Pick<Session, keyof Span | 'slotMinutes' | 'bufferMinutes' | 'closed'>): Span[] {
  const { slotMinutes, bufferMinutes, closed } = session;
  if (slotMinutes <= 0) return [];
  const slots: Span[] = [];
  for (let from = session.from; from + slotMinutes <= session.to; from += slotMinutes + bufferMinutes) {
    const slot = { from, to: from + slotMinutes };
    if (!closed.some((span) => overlaps(span, slot))) slots.push(slot);
  }
  return slots;
}

function appliesOn(template: RosterTemplate, day: CalendarDate, weekday: number): boolean {
  return (
    template.validFrom <= day &&
    (template.validTo === null || day <= template.validTo) &&
    template.weekdays.includes(weekday)
  );
}

/** Being on call keeps nobody from being booked. */
function isSameKind(a: Session, b: Session): boolean {
  return (a.mode === 'on_call') === (b.mode === 'on_call');
}

function byTime(a: Session, b: Session): number {
  return a.from - b.from || (a.source.id < b.source.id ? -1 : 1);
}

/** Without what a template or an extra has besides. */
function toSession(session: Session, closed: readonly Span[]): Session {
  const { from, to, day, service, mode, slotMinutes, bufferMinutes, rank, source } = session;
  return {
    from,
    to,
    day,
    service,
    mode,
    slotMinutes,
    bufferMinutes,
    rank,
    source,
    closed: closed.map(({ from, to }) => ({ from, to })),
  };
}
