/**
 * What others changed in a list since this desk last looked at it: a move or a cancellation by the coordinator must not be found
 * out when the patient sits there. What was seen is remembered on the device: ids, times and versions, nothing about a person.
 */
import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { APPOINTMENT_STATES } from '@jaqyn/shared/scheduling/appointment.machine';
import * as z from 'zod/mini';

const Seen = z.object({
  version: z.number(),
  status: z.enum(APPOINTMENT_STATES),
  startsAt: z.nullable(Instant),
  /** The specialist who leads, to tell another one from another time. */
  practitionerId: z.nullable(z.string()),
});
export type Seen = z.infer<typeof Seen>;
/** By appointment. */
export const SeenAppointments = z.record(z.string(), Seen);
export type SeenAppointments = Readonly<Record<string, Seen>>;

export type NewsKind = 'moved' | 'other_specialist' | 'cancelled' | 'put_back' | 'booked' | 'confirmed';

export interface News {
  readonly kind: NewsKind;
  readonly appointment: Appointment;
  /** When it was before; null where it had no time. */
  readonly before: Instant | null;
}

const FIRM = ['booked', 'arrived', 'checked-in'];
const LIVE = [...FIRM, 'waitlist', 'proposed', 'pending'];

/** What is remembered of an appointment. */
export function toSeen({ version, status, startsAt, practitioners }: Appointment): Seen {
  return { version, status, startsAt, practitionerId: practitioners[0]?.id ?? null };
}

/** `own` are versions that this page made itself. Each appointment is told of once, by its last state. */
export function findNews(
  seen: SeenAppointments,
  appointments: readonly Appointment[],
  own: ReadonlyMap<string, number> = new Map(),
): News[] {
  return appointments.flatMap((appointment) => {
    const before = seen[appointment.id];
    if (before === undefined || before.version >= appointment.version) return [];
    if ((own.get(appointment.id) ?? 0) >= appointment.version) return [];
    const kind = judge(before, appointment);
    return kind === undefined ? [] : [{ kind, appointment, before: before.startsAt }];
  });
}

function judge(before: Seen, { status, startsAt, practitioners }: Appointment): NewsKind | undefined {
  if (status === 'cancelled') return before.status === 'cancelled' ? undefined : 'cancelled';
  if (status === 'waitlist') return FIRM.includes(before.status) ? 'put_back' : undefined;
  if (!FIRM.includes(status)) return undefined;
  if (before.status === 'waitlist' || before.status === 'proposed') return 'booked';
  if (before.startsAt !== null && before.startsAt !== startsAt) return 'moved';
  if (before.practitionerId !== null && before.practitionerId !== practitioners[0]?.id) return 'other_specialist';
  return before.status === 'pending' ? 'confirmed' : undefined;
}

/**
 * The memory after a look: what is new to it or was changed without news is taken over, what is news stays as it was until
 * somebody says that it was read. Days that are over are forgotten.
 */
export function remember(
  seen: SeenAppointments,
  appointments: readonly Appointment[],
  news: readonly News[],
  today: CalendarDate,
): SeenAppointments {
  const unread = new Set<string>(news.map(({ appointment }) => appointment.id));
  const next: Record<string, Seen> = {};
  for (const [id, entry] of Object.entries(seen)) {
    const isToCome = entry.startsAt === null ? entry.status === 'waitlist' : localDate(entry.startsAt) >= today;
    if (unread.has(id) || isToCome) next[id] = entry;
  }
  for (const appointment of appointments) {
    if (!unread.has(appointment.id)) next[appointment.id] = toSeen(appointment);
  }
  return next;
}

/** Remembered as to come or waiting, and in none of the lists that were loaded: moved away, booked or cancelled, to be looked up. */
export function listVanished(
  seen: SeenAppointments,
  appointments: readonly Appointment[],
  today: CalendarDate,
  days: readonly CalendarDate[],
): AppointmentId[] {
  const shown = new Set<string>(appointments.map(({ id }) => id));
  const isLooked = (startsAt: Instant | null) =>
    startsAt === null || (localDate(startsAt) >= today && days.includes(localDate(startsAt)));
  return Object.entries(seen)
    .filter(([id, { status, startsAt }]) => !shown.has(id) && LIVE.includes(status) && isLooked(startsAt))
    .map(([id]) => id as AppointmentId);
}
