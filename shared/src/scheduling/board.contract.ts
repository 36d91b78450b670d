import * as z from 'zod/mini';
import { Language, LocalText } from '../auth/auth.contract.ts';
import { Urgency } from '../consultations/consultation.contract.ts';
import { CONSULTATION_STATES } from '../consultations/consultation.machine.ts';
import { endpoint } from '../kernel/endpoint.ts';
import {
  AppointmentId,
  HoldId,
  OrganizationId,
  PatientId,
  PractitionerId,
  RequestId,
  RosterEntryId,
  SeriesId,
  ServiceCode,
  SpecialtyCode,
  StationId,
} from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { Appointment, NoShowCause } from './appointment.contract.ts';
import { APPOINTMENT_STATES } from './appointment.machine.ts';
import { RegionCode } from './region.ts';
import { CLOSURE_REASONS, SLOT_MODES } from './roster.ts';
import { SpecialDay } from './service.contract.ts';
import { SLOT_STATES } from './slot.ts';

const SpanOnWire = z.object({ startsAt: Instant, endsAt: Instant });

/**
 * A window of work. Slots are not listed: `slotsOf` (expand.ts) makes them on both sides, from `startsAt` every
 * `slotMinutes + bufferMinutes`, without those that touch `closed`.
 */
export const BoardSession = z.object({
  practitionerId: PractitionerId,
  day: CalendarDate,
  service: ServiceCode,
  mode: z.enum(SLOT_MODES),
  startsAt: Instant,
  endsAt: Instant,
  slotMinutes: z.number(),
  bufferMinutes: z.number(),
  rank: z.nullable(z.number()),
  source: z.object({ kind: z.enum(['template', 'extra']), id: RosterEntryId }),
  closed: z.array(SpanOnWire),
});
export type BoardSession = z.infer<typeof BoardSession>;

export const BoardRow = z.object({
  practitioner: z.object({
    id: PractitionerId,
    displayName: z.string(),
    specialty: SpecialtyCode,
    organization: z.object({ id: OrganizationId, name: LocalText }),
    region: z.nullable(RegionCode),
    languages: z.array(Language),
  }),
  /** Slots of the span and how many of them somebody has. */
  slots: z.number(),
  taken: z.number(),
  sessions: z.array(BoardSession),
  closures: z.array(
    z.object({ id: RosterEntryId, startsAt: Instant, endsAt: Instant, reason: z.enum(CLOSURE_REASONS) }),
  ),
});
export type BoardRow = z.infer<typeof BoardRow>;

/** Somebody has a form open on this slot. */
export const BoardHold = z.object({
  id: HoldId,
  practitionerId: PractitionerId,
  startsAt: Instant,
  endsAt: Instant,
  expiresAt: Instant,
  byName: z.string(),
  isMine: z.boolean(),
});
export type BoardHold = z.infer<typeof BoardHold>;

/**
 * An appointment as the board sends it: stations and specialists are named once for all of them, and what most do not have is left
 * out. A week of forty specialists has fifteen hundred; `listBoardAppointments` (board-appointments.ts) makes whole ones again.
 */
export const BoardAppointment = z.object({
  id: AppointmentId,
  requestId: RequestId,
  requestNumber: z.string(),
  requestStatus: z.enum(CONSULTATION_STATES),
  status: z.enum(APPOINTMENT_STATES),
  version: z.number(),
  service: z.nullable(ServiceCode),
  specialty: SpecialtyCode,
  mode: z.enum(['video', 'async']),
  urgency: Urgency,
  treatBy: Instant,
  patientId: PatientId,
  shortName: z.string(),
  birthDate: CalendarDate,
  sex: z.enum(['male', 'female']),
  stationId: StationId,
  startsAt: Instant,
  endsAt: Instant,
  /** The first leads. */
  practitionerIds: z.array(PractitionerId),
  isOverbooked: z.optional(z.literal(true)),
  seriesId: z.optional(SeriesId),
  expiresAt: z.optional(Instant),
  noShowCause: z.optional(NoShowCause),
  note: z.optional(z.string()),
  replacedById: z.optional(AppointmentId),
});
export type BoardAppointment = z.infer<typeof BoardAppointment>;

const idList = z.pipe(
  z.string().check(z.maxLength(4000)),
  z.pipe(
    z.transform((text: string) => text.split(',').filter((id) => id !== '')),
    z.array(PractitionerId).check(z.maxLength(100)),
  ),
);

/**
 * Specialists on one page of the board's screen. A week of twenty is close to a thousand appointments to read, send and draw, as
 * many as an old PC scrolls without a jerk; a day of forty is fewer.
 */
export const BOARD_PAGE = { day: 40, week: 20 } as const;

export const getBoard = endpoint({
  method: 'GET',
  path: '/api/board',
  summary: 'Specialists and their time, one to seven days; sorted by specialty and name, in pages',
  query: z.object({
    from: CalendarDate,
    days: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(7)), 1),
    specialty: z.optional(SpecialtyCode),
    region: z.optional(RegionCode),
    organizationId: z.optional(OrganizationId),
    /** Comma separated. */
    practitionerIds: z.optional(idList),
    /** Part of a specialist's name. */
    q: z._default(z.string().check(z.maxLength(80)), ''),
    offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(60)), 40),
  }),
  response: z.object({
    rows: z.array(BoardRow),
    /** Specialists that match, on all pages. */
    total: z.number(),
    appointments: z.array(BoardAppointment),
    /** Every station of the appointments. */
    stations: z.array(z.object({ id: StationId, name: LocalText, phone: z.string() })),
    /** Every specialist of the appointments. */
    practitioners: z.array(z.object({ id: PractitionerId, displayName: z.string() })),
    /** Time that somebody of another oblast has, without who. */
    busy: z.array(z.extend(SpanOnWire, { practitionerId: PractitionerId, isTentative: z.boolean() })),
    holds: z.array(BoardHold),
    specialDays: z.array(SpecialDay),
    /** The moment this is true of. */
    at: Instant,
  }),
});

export const listSlots = endpoint({
  method: 'GET',
  path: '/api/slots',
  summary: 'Slots of one specialist with their state, at most 31 days',
  query: z.object({ practitionerId: PractitionerId, from: CalendarDate, to: CalendarDate }),
  response: z.object({
    slots: z.array(
      z.object({
        startsAt: Instant,
        endsAt: Instant,
        service: ServiceCode,
        mode: z.enum(['video', 'async']),
        state: z.enum(SLOT_STATES),
      }),
    ),
  }),
});

/** A slot that could be booked now. */
export const FoundSlot = z.object({
  practitioner: z.object({ id: PractitionerId, displayName: z.string(), organizationName: LocalText }),
  region: z.nullable(RegionCode),
  service: ServiceCode,
  startsAt: Instant,
  endsAt: Instant,
  /** Null when no language was asked for. */
  speaksLanguage: z.nullable(z.boolean()),
  /** What the service needs and the station lacks. */
  missingEquipment: z.array(z.string()),
  /** Later than the request should be treated. */
  isAfterTreatBy: z.boolean(),
});
export type FoundSlot = z.infer<typeof FoundSlot>;

export const findEarliest = endpoint({
  method: 'GET',
  path: '/api/earliest',
  summary: 'Earliest for a specialty, in one answer: on call now, the next slots, the next asynchronous places',
  query: z.object({
    specialty: SpecialtyCode,
    /** For this request: its patient, its station and its treat-by date count. */
    requestId: z.optional(RequestId),
    stationId: z.optional(StationId),
    language: z.optional(Language),
    /** Only this oblast; everywhere when left out. */
    region: z.optional(RegionCode),
    from: z.optional(Instant),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(20)), 5),
  }),
  response: z.object({
    now: z.array(
      z.object({
        practitionerId: PractitionerId,
        displayName: z.string(),
        rank: z.number(),
        /** Has a live connection and is in no call. */
        isReachable: z.boolean(),
        speaksLanguage: z.nullable(z.boolean()),
      }),
    ),
    slots: z.array(FoundSlot),
    async: z.array(FoundSlot),
    /** The search looks this far. */
    searchedUntil: CalendarDate,
  }),
});

/** What a booked consult still lacks at the station. */
export const MISSING = ['consent', 'vitals', 'equipment', 'check_in', 'confirmation'] as const;

export const DayListEntry = z.object({
  appointment: Appointment,
  missing: z.array(z.enum(MISSING)),
  /** What the signed-in person can do next, in the order to offer it. */
  next: z.array(z.enum(['confirm', 'accept', 'arrive', 'check_in', 'start', 'join', 'no_show', 'rebook'])),
});
export type DayListEntry = z.infer<typeof DayListEntry>;

export const getDayList = endpoint({
  method: 'GET',
  path: '/api/day-list',
  summary:
    'The day of a station, of a specialist, or (for a coordinator) of a specialist or a station; in the order of time',
  query: z.object({
    day: CalendarDate,
    practitionerId: z.optional(PractitionerId),
    stationId: z.optional(StationId),
  }),
  response: z.object({ entries: z.array(DayListEntry) }),
});
