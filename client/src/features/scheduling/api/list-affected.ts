import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import { type Appointment, getAppointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { call } from '../../../lib/api-client.ts';
import type { ProblemError } from '../../../lib/problem-error.ts';

/** Ids of the appointments a refused change of a roster names (`roster.booked_affected`). */
export function affectedIds(error: ProblemError): AppointmentId[] {
  return error.fields
    .filter(({ path }) => path.startsWith('appointment:'))
    .map(({ path }) => path.slice('appointment:'.length) as AppointmentId);
}

/** The appointments a refusal named, as they are now; one after another, because the link may be thin. */
export async function listAffected(error: ProblemError): Promise<Appointment[]> {
  const appointments: Appointment[] = [];
  for (const appointmentId of affectedIds(error)) {
    appointments.push(await call(getAppointment, { params: { appointmentId } }));
  }
  return appointments;
}
