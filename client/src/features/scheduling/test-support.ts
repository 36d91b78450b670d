import type {
  AppointmentId,
  PatientId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
} from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';

export const instant = (text: string) => text as Instant;
export const calendarDate = (text: string) => text as CalendarDate;

/** A booked video consult of 22 November, 15:00 in Kazakhstan. */
export function anAppointment(changes: Partial<Appointment> = {}): Appointment {
  return {
    id: 'a' as AppointmentId,
    requestId: 'r' as RequestId,
    requestNumber: '2026-000001',
    requestStatus: 'booked',
    status: 'booked',
    version: 1,
    service: 'cardiology-video' as Appointment['service'],
    specialty: 'cardiology' as SpecialtyCode,
    mode: 'video',
    urgency: 'routine',
    treatBy: instant('2026-12-06T10:00:00.000Z'),
    patient: { id: 'p' as PatientId, shortName: 'ӘБДІ И.', birthDate: calendarDate('1962-03-12'), sex: 'male' },
    station: { id: 's' as StationId, name: { kk: '', ru: '', en: '' }, phone: '' },
    startsAt: instant('2026-11-22T10:00:00.000Z'),
    endsAt: instant('2026-11-22T10:20:00.000Z'),
    practitioners: [{ id: 'd' as PractitionerId, displayName: 'Ахметова' }],
    isOverbooked: false,
    seriesId: null,
    expiresAt: null,
    cancelReason: null,
    noShowCause: null,
    note: '',
    replacedById: null,
    ...changes,
  };
}
