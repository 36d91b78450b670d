import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { CONSULTATION_STATES } from '../consultations/consultation.machine.ts';
import { Urgency } from '../consultations/urgency.ts';
import { endpoint } from '../kernel/endpoint.ts';
import {
  AppointmentId,
  HoldId,
  OperationId,
  PatientId,
  PractitionerId,
  RequestId,
  SeriesId,
  ServiceCode,
  SpecialtyCode,
  StationId,
} from '../kernel/ids.ts';
import { freeText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { APPOINTMENT_STATES } from './appointment.machine.ts';
import { Conflict, operationFields, Receipt } from './operation.contract.ts';

export const CANCEL_REASONS = [
  'patient_asked',
  'patient_unwell',
  'no_longer_needed',
  'specialist_away',
  'station_cannot',
  'no_link',
  'booked_by_mistake',
  'other',
] as const;
export const CancelReason = z.enum(CANCEL_REASONS);
export type CancelReason = z.infer<typeof CancelReason>;

/** Why nobody met. */
export const NO_SHOW_CAUSES = ['patient', 'specialist', 'network', 'station'] as const;
export const NoShowCause = z.enum(NO_SHOW_CAUSES);
export type NoShowCause = z.infer<typeof NoShowCause>;

/** FHIR Appointment with what the board and the day lists show. */
export const Appointment = z.object({
  id: AppointmentId,
  requestId: RequestId,
  requestNumber: z.string(),
  requestStatus: z.enum(CONSULTATION_STATES),
  status: z.enum(APPOINTMENT_STATES),
  /** Counts every change; a change names the version it was made on. */
  version: z.number(),
  /** Null until there is a slot. */
  service: z.nullable(ServiceCode),
  specialty: SpecialtyCode,
  mode: z.enum(['video', 'async']),
  urgency: Urgency,
  treatBy: Instant,
  patient: z.object({
    id: PatientId,
    /** Family name and initials. */
    shortName: z.string(),
    birthDate: CalendarDate,
    sex: z.enum(['male', 'female']),
  }),
  station: z.object({ id: StationId, name: LocalText, phone: z.string() }),
  /** Null only on the waitlist. */
  startsAt: z.nullable(Instant),
  endsAt: z.nullable(Instant),
  /** The first leads; more of them are a consilium. Empty on the waitlist. */
  practitioners: z.array(z.object({ id: PractitionerId, displayName: z.string() })),
  /** Above the first on the same slot. */
  isOverbooked: z.boolean(),
  seriesId: z.nullable(SeriesId),
  /** Until when an offer or a question waits for its answer. */
  expiresAt: z.nullable(Instant),
  cancelReason: z.nullable(CancelReason),
  noShowCause: z.nullable(NoShowCause),
  note: z.string(),
  /** The one that was booked instead of this missed one. */
  replacedById: z.nullable(AppointmentId),
});
export type Appointment = z.infer<typeof Appointment>;

/** Answer to every change. */
export const Changed = z.object({ receipt: Receipt, appointments: z.array(Appointment) });
export type Changed = z.infer<typeof Changed>;

const params = z.object({ appointmentId: AppointmentId });
/** The version the caller saw; another one now is `appointment.version_conflict`. */
const onVersion = { ...operationFields, version: z.number().check(z.int(), z.minimum(1)) };

/** Where to put something: a slot by its specialist and its start. */
const placement = {
  practitionerId: PractitionerId,
  startsAt: Instant,
  /** The others of a consilium. */
  alsoPractitionerIds: z._default(z.array(PractitionerId).check(z.maxLength(4)), []),
  /** The caller's hold of this slot; it ends with the booking. */
  holdId: z._default(z.nullable(HoldId), null),
  /** Put it on a taken slot, where the service allows that. */
  mayOverbook: z._default(z.boolean(), false),
};

export const holdSlot = endpoint({
  method: 'PUT',
  path: '/api/slot-holds/:holdId',
  summary: 'Hold a free slot for two minutes while a form is open; again prolongs it',
  params: z.object({ holdId: HoldId }),
  body: z.object({ practitionerId: PractitionerId, startsAt: Instant }),
  response: z.object({ holdId: HoldId, startsAt: Instant, endsAt: Instant, expiresAt: Instant }),
});

export const releaseSlot = endpoint({
  method: 'DELETE',
  path: '/api/slot-holds/:holdId',
  summary: 'Let a held slot go; again is harmless',
  params: z.object({ holdId: HoldId }),
  response: z.object({ released: z.literal(true) }),
});

export const checkPlacement = endpoint({
  method: 'POST',
  path: '/api/appointments/check',
  summary: 'What stands against a booking or a move, before it is made; changes nothing',
  body: z.object({
    requestId: RequestId,
    /** The appointment that would move; its own time does not count against it. */
    appointmentId: z._default(z.nullable(AppointmentId), null),
    ...placement,
  }),
  response: z.object({ isPossible: z.boolean(), conflicts: z.array(Conflict) }),
});

export const bookAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments',
  summary: 'Book a slot for a request, also one that waits; a station asks where the service is not open to it',
  body: z.object({
    ...operationFields,
    id: AppointmentId,
    requestId: RequestId,
    ...placement,
    note: z._default(freeText(500), ''),
  }),
  response: Changed,
});

export const getAppointment = endpoint({
  method: 'GET',
  path: '/api/appointments/:appointmentId',
  summary: 'One appointment',
  params,
  response: Appointment,
});

export const listPatientAppointments = endpoint({
  method: 'GET',
  path: '/api/patients/:patientId/appointments',
  summary: 'Appointments of a patient, newest first',
  params: z.object({ patientId: PatientId }),
  response: z.object({ appointments: z.array(Appointment) }),
});

export const moveAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/move',
  summary: 'Another slot, perhaps of another specialist; the station hears of it by itself',
  params,
  body: z.object({ ...onVersion, ...placement }),
  response: Changed,
});

export const cancelAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/cancel',
  summary: 'Give the slot back, with a reason; the request goes back to the coordinator and is not lost',
  params,
  body: z.object({ ...onVersion, reason: CancelReason, note: z._default(freeText(500), '') }),
  response: Changed,
});

export const confirmAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/confirm',
  summary: 'Say yes to what a station asked for',
  params,
  body: z.object(onVersion),
  response: Changed,
});

export const arriveAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/arrive',
  summary: 'The patient is at the station',
  params,
  body: z.object(onVersion),
  response: Changed,
});

export const checkInAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/check-in',
  summary: 'Everything is ready for the call',
  params,
  body: z.object(onVersion),
  response: Changed,
});

export const startAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/start',
  summary: 'Begin the booked call: both sides may enter the room of the request',
  params,
  body: z.object(onVersion),
  response: Changed,
});

export const missAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/no-show',
  summary: 'They did not meet, and why',
  params,
  body: z.object({ ...onVersion, cause: NoShowCause, note: z._default(freeText(500), '') }),
  response: Changed,
});

export const rebookAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/rebook',
  summary: 'Another slot instead of a missed one',
  params,
  body: z.object({ ...onVersion, id: AppointmentId, ...placement }),
  response: Changed,
});

const everyWeeks = z.number().check(z.int(), z.minimum(1), z.maximum(8));

export const planSeries = endpoint({
  method: 'POST',
  path: '/api/appointments/series/plan',
  summary: 'The dates of a series with what stands against each, and the nearest free slot instead',
  body: z.object({
    requestId: RequestId,
    practitionerId: PractitionerId,
    startsAt: Instant,
    everyWeeks,
    count: z.number().check(z.int(), z.minimum(2), z.maximum(26)),
  }),
  response: z.object({
    items: z.array(
      z.object({
        startsAt: Instant,
        conflicts: z.array(Conflict),
        /** The free slot of the same specialist nearest to it within three days, when it is not free itself. */
        instead: z.nullable(Instant),
      }),
    ),
  }),
});

export const bookSeries = endpoint({
  method: 'POST',
  path: '/api/appointments/series',
  summary: 'Book all dates of a series or none; each later one gets a request of its own',
  body: z.object({
    ...operationFields,
    seriesId: SeriesId,
    requestId: RequestId,
    practitionerId: PractitionerId,
    items: z
      .array(z.object({ id: AppointmentId, requestId: RequestId, startsAt: Instant }))
      .check(z.minLength(2), z.maxLength(26)),
  }),
  response: Changed,
});

export const undoOperation = endpoint({
  method: 'POST',
  path: '/api/schedule-operations/:operationId/undo',
  summary: 'Take a change back within ten seconds; explained where somebody has taken its place',
  params: z.object({ operationId: OperationId }),
  response: Changed,
});
