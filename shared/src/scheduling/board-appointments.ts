/** From the board's answer, which names stations and specialists once, to whole appointments. */
import type { EndpointResponse } from '../kernel/endpoint.ts';
import type { Appointment } from './appointment.contract.ts';
import type { getBoard } from './board.contract.ts';

type Answer = Pick<EndpointResponse<typeof getBoard>, 'appointments' | 'stations' | 'practitioners'>;

/** In the order of the answer. Throws where it speaks of a station or a specialist it does not name. */
export function listBoardAppointments({ appointments, stations, practitioners }: Answer): Appointment[] {
  const stationOf = new Map(stations.map((station) => [station.id, station]));
  const practitionerOf = new Map(practitioners.map((practitioner) => [practitioner.id, practitioner]));
  return appointments.map(({ patientId, shortName, birthDate, sex, stationId, practitionerIds, ...rest }) => ({
    ...rest,
    patient: { id: patientId, shortName, birthDate, sex },
    station: named(stationOf, stationId),
    practitioners: practitionerIds.map((id) => named(practitionerOf, id)),
    isOverbooked: rest.isOverbooked ?? false,
    seriesId: rest.seriesId ?? null,
    expiresAt: rest.expiresAt ?? null,
    // What was cancelled is on no board.
    cancelReason: null,
    noShowCause: rest.noShowCause ?? null,
    note: rest.note ?? '',
    replacedById: rest.replacedById ?? null,
  }));
}

function named<Id, Value>(byId: ReadonlyMap<Id, Value>, id: Id): Value {
  const value = byId.get(id);
  if (value === undefined) throw new Error(`the board does not name ${String(id)}`);
  return value;
}
