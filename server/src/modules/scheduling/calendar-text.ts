import type { Language } from '@jaqyn/shared/auth/auth.contract';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { AppointmentView } from './appointment.view.ts';

const WORDS: Readonly<Record<Language, { consult: string; offer: string; missed: string }>> = {
  kk: { consult: 'Консультация', offer: 'Консультация (расталмаған)', missed: 'Консультация өтпеді' },
  ru: { consult: 'Консультация', offer: 'Консультация (не подтверждена)', missed: 'Консультация не состоялась' },
  en: { consult: 'Consultation', offer: 'Consultation (not confirmed)', missed: 'Consultation missed' },
};

/**
 * Appointments as iCalendar (RFC 5545), in UTC. A calendar lies on other people's servers: it holds the station and the number of the
 * request, and nothing of the patient.
 */
export function toCalendarText(name: string, appointments: readonly AppointmentView[], language: Language): string {
  const words = WORDS[language];
  const calendar = ical({
    name: `Jaqyn: ${name}`,
    prodId: { company: 'Jaqyn', product: 'Jaqyn', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    // Seconds after which a program may ask again.
    ttl: 15 * 60,
  });
  for (const appointment of appointments) {
    if (appointment.startsAt === null || appointment.endsAt === null) continue;
    const isTentative = appointment.status === 'proposed' || appointment.status === 'pending';
    const what = isTentative ? words.offer : appointment.status === 'noshow' ? words.missed : words.consult;
    calendar.createEvent({
      id: `${appointment.id}@jaqyn`,
      start: new Date(appointment.startsAt),
      end: new Date(appointment.endsAt),
      stamp: new Date(appointment.statusChangedAt),
      // Programs keep the newest of one id.
      sequence: appointment.version,
      summary: `${what}: ${appointment.station.name[language]}`,
      description: appointment.requestNumber,
      status: isTentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
