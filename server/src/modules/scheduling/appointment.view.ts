import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { Tx } from '../../db/store.ts';
import { type AppointmentDetails, appointmentRepository } from './appointment.repository.ts';
import { shortName } from './short-name.ts';

/** With what only the server's own writers of it need. */
export type AppointmentView = Appointment & { readonly statusChangedAt: Instant };

/** Appointments as screens see them, in the order of `ids`. Who may see them was asked before. */
export async function listAppointmentViews(tx: Tx, ids: readonly AppointmentId[]): Promise<AppointmentView[]> {
  return (await appointmentRepository.listDetails(tx, ids)).map(toView);
}

function toView({ row, station, lead, members }: AppointmentDetails): AppointmentView {
  return {
    id: row.id,
    requestId: row.requestId,
    requestNumber: row.requestNumber,
    requestStatus: row.requestStatus,
    status: row.status,
    version: row.version,
    service: row.service,
    specialty: row.specialty,
    mode: row.mode,
    urgency: row.urgency,
    treatBy: row.treatBy,
    patient: { id: row.patientId, shortName: shortName(row), birthDate: row.birthDate, sex: row.sex },
    station: {
      id: row.stationId,
      name: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn },
      phone: station.phone,
    },
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    practitioners: [
      ...(lead === undefined ? [] : [lead]),
      ...members.map(({ id, displayName }) => ({ id, displayName })),
    ],
    isOverbooked: row.lane > 0,
    seriesId: row.seriesId,
    expiresAt: row.expiresAt,
    cancelReason: row.cancelReason,
    noShowCause: row.noShowCause,
    note: row.note,
    replacedById: row.replacedById,
    statusChangedAt: row.statusChangedAt,
  } as AppointmentView;
}
