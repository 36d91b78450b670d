/** What others changed on the board since it was last drawn, for the line that says so. Pure. */
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';

export interface BoardNews {
  readonly kind: 'came' | 'moved' | 'went' | 'changed';
  readonly appointment: Appointment;
}

/**
 * `own` are versions that this page made itself. Only what was on both boards' days is compared; the caller starts anew when it
 * looks at other days or other people.
 */
export function listBoardNews(
  before: readonly Appointment[],
  after: readonly Appointment[],
  own: ReadonlyMap<string, number>,
): BoardNews[] {
  const known = new Map(before.map((appointment) => [appointment.id, appointment]));
  const news: BoardNews[] = [];
  for (const appointment of after) {
    const old = known.get(appointment.id);
    known.delete(appointment.id);
    if ((own.get(appointment.id) ?? 0) >= appointment.version) continue;
    if (old === undefined) news.push({ kind: 'came', appointment });
    else if (old.version >= appointment.version) continue;
    else if (old.startsAt !== appointment.startsAt || old.practitioners[0]?.id !== appointment.practitioners[0]?.id) {
      news.push({ kind: appointment.startsAt === null ? 'went' : 'moved', appointment });
    } else news.push({ kind: 'changed', appointment });
  }
  for (const appointment of known.values()) {
    if ((own.get(appointment.id) ?? 0) <= appointment.version) news.push({ kind: 'went', appointment });
  }
  return news;
}

/** Ids of what is another version than before, came or went, by whoever's hand. */
export function listChanged(before: readonly Appointment[], after: readonly Appointment[]): string[] {
  const versions = (appointments: readonly Appointment[]) =>
    new Map(appointments.map(({ id, version }) => [id, version]));
  const [old, now] = [versions(before), versions(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id));
}
