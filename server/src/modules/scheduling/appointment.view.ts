import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { Tx } from '../../db/store.ts';
import { type AppointmentDetails, appointmentRepository } from './appointment.repository.ts';
import { shortName } from './short-name.ts';

/** Appointments as screens see them, in the order of `ids`. Who may see them was asked before. */
export async function listAppointmentViews(tx: Tx, ids: readonly AppointmentId[]): Promise<Appointment[]> {
  return (await appointmentRepository.listDetails(tx, ids)).map(toView);
}

function toView(details: AppointmentDetails): Appointment {
  const { appointment: row, members } = details;
  const lead =
    row.practitionerId === null ? [] : [{ id: row.practitionerId, displayName: details.practitionerName ?? '' }];
  return {
    id: row.id,
    requestId: row.requestId,
    requestNumber: details.requestNumber,
    requestStatus: details.requestStatus,
    status: row.status,
    version: row.version,
    service: row.service,
    specialty: row.specialty,
    mode: row.mode,
    urgency: row.urgency,
    treatBy: row.treatBy,
    patient: { id: row.patientId, shortName: shortName(details), birthDate: details.birthDate, sex: details.sex },
    station: {
      id: row.stationId,
      name: { kk: details.stationNameKk, ru: details.stationNameRu, en: details.stationNameEn },
      phone: details.stationPhone,
    },
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    practitioners: [...lead, ...members.map(({ id, displayName }) => ({ id, displayName }))],
    isOverbooked: row.lane > 0,
    seriesId: row.seriesId,
    expiresAt: row.expiresAt,
    cancelReason: row.cancelReason,
    noShowCause: row.noShowCause,
    note: row.note,
    replacedById: row.replacedById,
    createdAt: row.createdAt,
    statusChangedAt: row.statusChangedAt,
  } as Appointment;
}
