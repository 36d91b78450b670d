import * as z from 'zod/mini';
import { Language, LocalText } from '../auth/auth.contract.ts';
import { Urgency } from '../consultations/consultation.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import {
  AppointmentId,
  HoldId,
  PatientId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
} from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { Appointment, Changed } from './appointment.contract.ts';
import { operationFields } from './operation.contract.ts';
import { RegionCode } from './region.ts';
import { FIT_REASONS, PARTS_OF_DAY } from './waitlist.ts';

/** What a waiter wishes; never a reason to be refused. */
export const WaitlistWishes = z.object({
  language: z.nullable(Language),
  partOfDay: z.enum(PARTS_OF_DAY),
  preferredPractitionerId: z.nullable(PractitionerId),
  /** On which weekdays they cannot come, Monday 1; never all of them. */
  avoidWeekdays: z._default(z.array(z.number().check(z.int(), z.minimum(1), z.maximum(7))).check(z.maxLength(6)), []),
});
export type WaitlistWishes = z.infer<typeof WaitlistWishes>;

export const WaitlistEntry = z.object({
  appointment: Appointment,
  wishes: WaitlistWishes,
  waitingSince: Instant,
  /** Offers let pass or run out. */
  declined: z.number(),
  /** Past its treat-by date. */
  isOverdue: z.boolean(),
});
export type WaitlistEntry = z.infer<typeof WaitlistEntry>;

/** A request that somebody has to find a time for: it has neither an appointment nor a place on the waitlist. */
export const UnplacedRequest = z.object({
  requestId: RequestId,
  requestNumber: z.string(),
  /** `in_triage`: asked for. `accepted`: it had a slot and gave it back. */
  requestStatus: z.enum(['in_triage', 'accepted']),
  /** Asked for a time to come; false: a call that nobody answered. */
  isPlanned: z.boolean(),
  urgency: Urgency,
  specialty: SpecialtyCode,
  /** Why the specialist is asked. */
  reason: z.string(),
  patient: z.object({
    id: PatientId,
    /** Family name and initials. */
    shortName: z.string(),
    birthDate: CalendarDate,
    sex: z.enum(['male', 'female']),
  }),
  station: z.object({ id: StationId, name: LocalText, phone: z.string() }),
  askedAt: Instant,
  treatBy: Instant,
  /** Past its treat-by date. */
  isOverdue: z.boolean(),
});
export type UnplacedRequest = z.infer<typeof UnplacedRequest>;

export const listUnplaced = endpoint({
  method: 'GET',
  path: '/api/unplaced-requests',
  summary: 'Requests that nobody has booked yet, nearest treat-by date first; a station sees its own',
  query: z.object({
    specialty: z.optional(SpecialtyCode),
    region: z.optional(RegionCode),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500)), 200),
  }),
  response: z.object({ requests: z.array(UnplacedRequest), total: z.number() }),
});

export const joinWaitlist = endpoint({
  method: 'POST',
  path: '/api/waitlist',
  summary: 'Put a request on the waitlist',
  body: z.object({
    ...operationFields,
    id: AppointmentId,
    requestId: RequestId,
    mode: z.enum(['video', 'async']),
    wishes: WaitlistWishes,
  }),
  response: Changed,
});

export const listWaitlist = endpoint({
  method: 'GET',
  path: '/api/waitlist',
  summary: 'Who waits, nearest treat-by date first; offers that wait for an answer too',
  query: z.object({
    specialty: z.optional(SpecialtyCode),
    region: z.optional(RegionCode),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500)), 200),
  }),
  response: z.object({ entries: z.array(WaitlistEntry), total: z.number() }),
});

export const Fit = z.object({
  entry: WaitlistEntry,
  score: z.number(),
  reasons: z.array(z.object({ code: z.enum(FIT_REASONS), points: z.number(), value: z.nullable(z.number()) })),
});
export type Fit = z.infer<typeof Fit>;

export const listFits = endpoint({
  method: 'GET',
  path: '/api/waitlist/fits',
  summary: 'Who of the waitlist fits a free slot, the best first, and why',
  query: z.object({
    practitionerId: PractitionerId,
    startsAt: Instant,
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(50)), 10),
  }),
  response: z.object({ fits: z.array(Fit) }),
});

const params = z.object({ appointmentId: AppointmentId });
const version = z.number().check(z.int(), z.minimum(1));

export const offerSlot = endpoint({
  method: 'POST',
  path: '/api/waitlist/:appointmentId/offer',
  summary: 'Offer a free slot to a waiter; it is theirs until the offer expires',
  params,
  body: z.object({
    ...operationFields,
    version,
    practitionerId: PractitionerId,
    startsAt: Instant,
    expiresInMinutes: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(2880)), 30),
    /** The caller's hold of this slot; it ends with the offer, and nobody can come between. */
    holdId: z._default(z.nullable(HoldId), null),
  }),
  response: Changed,
});

export const acceptOffer = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/accept',
  summary: 'Take the offered slot',
  params,
  body: z.object({ ...operationFields, version }),
  response: Changed,
});

export const declineOffer = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/decline',
  summary: 'Let the offered slot pass and wait on',
  params,
  body: z.object({ ...operationFields, version }),
  response: Changed,
});

export const putBackOnWaitlist = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/put-back',
  summary: 'Give the slot back and wait for another',
  params,
  body: z.object({ ...operationFields, version }),
  response: Changed,
});
