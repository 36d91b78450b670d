/** The appointments of a day as a list is read: by specialist, and by time. Pure. */
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';

export interface DayGroup {
  readonly key: string;
  /** Whose they are: who leads a consilium. */
  readonly name: string;
  readonly specialty: Appointment['specialty'];
  readonly appointments: readonly Appointment[];
}

/** Groups by specialty and name; what has no slot is not of the day. */
export function groupDay(appointments: readonly Appointment[], nameOfSpecialty: (code: string) => string): DayGroup[] {
  const groups = new Map<string, DayGroup & { readonly appointments: Appointment[] }>();
  for (const appointment of appointments) {
    const [lead] = appointment.practitioners;
    if (lead === undefined || appointment.startsAt === null) continue;
    const { specialty } = appointment;
    const group = groups.get(lead.id) ?? { key: lead.id, name: lead.displayName, specialty, appointments: [] };
    group.appointments.push(appointment);
    groups.set(lead.id, group);
  }
  for (const { appointments } of groups.values()) {
    appointments.sort((a, b) => compare(a.startsAt ?? '', b.startsAt ?? '') || compare(a.id, b.id));
  }
  return [...groups.values()].sort(
    (a, b) =>
      compare(nameOfSpecialty(a.specialty), nameOfSpecialty(b.specialty)) ||
      compare(a.name, b.name) ||
      compare(a.key, b.key),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
