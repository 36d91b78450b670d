/** What stands against putting an appointment somewhere, told before the drop and again by the server. */

import { type Session, slotsOf } from './expand.ts';
import type { CalendarDay } from './holidays.ts';
import { overlaps, type Span } from './local-day.ts';
import type { Closure } from './roster.ts';

/** `refuses`: it cannot be done. `warns`: it can, and somebody should know. */
export const CONFLICTS = {
  in_the_past: 'refuses',
  /** No session of the specialist is there. */
  outside_roster: 'refuses',
  /** A session is there, but no slot begins at this minute. */
  off_grid: 'refuses',
  on_leave: 'refuses',
  day_off: 'refuses',
  slot_taken: 'refuses',
  /** One of the other specialists of a consilium is taken or away. */
  specialist_busy: 'refuses',
  patient_busy: 'refuses',
  /** Every camera of the station is taken. */
  station_busy: 'refuses',
  patient_missing: 'refuses',
  service_retired: 'refuses',
  specialty_differs: 'refuses',
  /** Taken, but the service allows to overbook it. */
  overbooked: 'warns',
  after_treat_by: 'warns',
  /** On that day, as far as anybody has entered it: it may be renewed until then. */
  licence_ends: 'warns',
  equipment_missing: 'warns',
  /** The station asks, a coordinator confirms. */
  needs_confirmation: 'warns',
} as const satisfies Record<string, 'refuses' | 'warns'>;
export type ConflictCode = keyof typeof CONFLICTS;
export const CONFLICT_CODES = Object.keys(CONFLICTS) as ConflictCode[];

/** What a specialist's own day says to a span, or undefined when a slot is exactly there. */
export function judgeRoster(
  slot: Span,
  day: {
    readonly sessions: readonly Session[];
    readonly closures: readonly Closure[];
    readonly kind: CalendarDay;
  },
): Extract<ConflictCode, 'outside_roster' | 'off_grid' | 'on_leave' | 'day_off'> | undefined {
  const bookable = day.sessions.filter(({ mode }) => mode !== 'on_call');
  const isSlot = bookable.some((session) =>
    slotsOf(session).some(({ from, to }) => from === slot.from && to === slot.to),
  );
  if (isSlot) return undefined;
  if (day.closures.some((closure) => overlaps(closure, slot))) return 'on_leave';
  if (bookable.some((session) => overlaps(session, slot))) return 'off_grid';
  return day.kind.kind === 'day_off' ? 'day_off' : 'outside_roster';
}
