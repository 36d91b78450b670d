/** Requests without a time, as something that can be carried on the board. Pure. */
import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { UnplacedRequest } from '@jaqyn/shared/scheduling/waitlist.contract';

/** Before the first version that the server counts: there is no appointment yet. */
const NOT_YET = 0;

/**
 * The appointment that would come of it, waiting for its slot. `id` is what it is going to be booked under, a new one for every
 * time it is picked up: a booking that was undone keeps its own.
 */
export function toWaiter(request: UnplacedRequest, id: AppointmentId): Appointment {
  const { requestId, requestNumber, requestStatus, urgency, specialty, patient, station, treatBy } = request;
  return {
    id,
    requestId,
    requestNumber,
    requestStatus,
    status: 'waitlist',
    version: NOT_YET,
    service: null,
    specialty,
    mode: 'video',
    urgency,
    treatBy,
    patient,
    station,
    startsAt: null,
    endsAt: null,
    practitioners: [],
    isOverbooked: false,
    seriesId: null,
    expiresAt: null,
    cancelReason: null,
    noShowCause: null,
    note: '',
    replacedById: null,
  };
}

/**
 * What has become of a carried appointment meanwhile, by others' hands. A request that had none yet is found again by the request
 * once somebody has given it one; only one that could still be moved, so that what is over stays over.
 */
export function latestOf(
  held: Appointment,
  known: readonly Appointment[],
  canPickUp: (appointment: Appointment) => boolean,
): Appointment {
  const isSame = (one: Appointment) =>
    one.id === held.id || (held.version === NOT_YET && one.requestId === held.requestId && canPickUp(one));
  return known.filter(isSame).reduce((newest, one) => (one.version > newest.version ? one : newest), held);
}
