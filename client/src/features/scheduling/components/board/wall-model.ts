/** What hangs on the wall: what is late, the latest first. Pure; the minute of now is given. */
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { type Minute, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { WaitlistEntry } from '@jaqyn/shared/scheduling/waitlist.contract';

export interface LateOne {
  readonly appointment: Appointment;
  /** Minutes past what was due; negative: still to come. */
  readonly minutes: number;
}

/** How long before its time a patient should be at the station. */
const ARRIVE_BEFORE_MINUTES = 10;

/** Who waits past the treat-by date. */
export function overdueOf(entries: readonly WaitlistEntry[], now: Minute): LateOne[] {
  return entries
    .map(({ appointment }) => ({ appointment, minutes: now - toMinute(appointment.treatBy) }))
    .filter(({ minutes }) => minutes > 0)
    .sort((a, b) => b.minutes - a.minutes);
}

/** Booked for about now, and the patient is not at the station yet. Each once, whoever shares it. */
export function lateCheckIns(appointments: readonly Appointment[], now: Minute): LateOne[] {
  const seen = new Set<string>();
  return appointments
    .flatMap((appointment) => {
      const { id, status, startsAt, mode } = appointment;
      if (status !== 'booked' || startsAt === null || mode !== 'video' || seen.has(id)) return [];
      seen.add(id);
      const minutes = now - toMinute(startsAt);
      return minutes < -ARRIVE_BEFORE_MINUTES ? [] : [{ appointment, minutes }];
    })
    .sort((a, b) => b.minutes - a.minutes);
}

/** `45 min`, `3:20`, `2 d`: the coarser the longer, to be read from across a room. */
export function clockOf(minutes: number): { readonly kind: 'minutes' | 'hours' | 'days'; readonly text: string } {
  const whole = Math.abs(minutes);
  if (whole < 60) return { kind: 'minutes', text: String(whole) };
  if (whole < 2 * 24 * 60) {
    return { kind: 'hours', text: `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}` };
  }
  return { kind: 'days', text: String(Math.floor(whole / (24 * 60))) };
}

/** A request's number that stays on one line. */
export function unbroken(number: string): string {
  return number.replaceAll('-', '\u2011');
}
