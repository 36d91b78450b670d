import * as z from 'zod/mini';
import { Language, LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { PractitionerId, ServiceCode, SpecialtyCode, StationId } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { Appointment } from './appointment.contract.ts';
import { EQUIPMENT, Equipment } from './equipment.ts';
import { RegionCode } from './region.ts';
import { BUFFER_MINUTES, SLOT_MINUTES } from './roster.ts';

const name = z.object({ kk: requiredText(120), ru: requiredText(120), en: requiredText(120) });

/** FHIR HealthcareService: something that can be booked, and by whom. */
export const HealthcareService = z.object({
  code: ServiceCode,
  specialty: SpecialtyCode,
  name: LocalText,
  mode: z.enum(['video', 'async']),
  /** Proposed when a template is made. */
  slotMinutes: z.number(),
  bufferMinutes: z.number(),
  /** Stations book it themselves; otherwise they ask and a coordinator confirms. */
  stationMayBook: z.boolean(),
  /** How many more may be put on a taken slot; 0: none. */
  overbookLanes: z.number(),
  /** Without these at the station the consult makes no sense. */
  requiredEquipment: z.array(Equipment),
  /** From this day on nothing new is booked; null: in use. */
  retiredFrom: z.nullable(CalendarDate),
});
export type HealthcareService = z.infer<typeof HealthcareService>;

export const listServices = endpoint({
  method: 'GET',
  path: '/api/healthcare-services',
  summary: 'Services that can be booked, retired ones too',
  response: z.object({ services: z.array(HealthcareService) }),
});

export const saveService = endpoint({
  method: 'PUT',
  path: '/api/healthcare-services/:code',
  summary: 'Add or change a service; what is booked stays as it is; refused when somebody changed it meanwhile',
  params: z.object({ code: ServiceCode }),
  body: z.object({
    specialty: SpecialtyCode,
    name,
    mode: z.enum(['video', 'async']),
    slotMinutes: z.number().check(z.int(), z.minimum(SLOT_MINUTES.min), z.maximum(SLOT_MINUTES.max)),
    bufferMinutes: z.number().check(z.int(), z.minimum(BUFFER_MINUTES.min), z.maximum(BUFFER_MINUTES.max)),
    stationMayBook: z.boolean(),
    overbookLanes: z.number().check(z.int(), z.minimum(0), z.maximum(3)),
    requiredEquipment: z.array(Equipment).check(z.maxLength(EQUIPMENT.length)),
    retiredFrom: z.nullable(CalendarDate),
    /** As it stood when the change began; null: there was none. */
    seen: z.nullable(HealthcareService),
  }),
  response: HealthcareService,
});

/** A day that is not as other days. */
export const SpecialDay = z.object({
  day: CalendarDate,
  kind: z.enum(['day_off', 'working_day']),
  name: LocalText,
  /** A day of rest moved here because the holiday fell on a weekend. */
  isMoved: z.boolean(),
  /** Weekday whose templates apply on a working day that was moved here. */
  worksAs: z.nullable(z.number()),
  /** By an order that was entered; otherwise by law. */
  isByOrder: z.boolean(),
  /** Number and date of the order. */
  source: z.string(),
  /** When the order was entered last, and by whom; null by law. */
  enteredAt: z.nullable(Instant),
  enteredByName: z.nullable(z.string()),
});
export type SpecialDay = z.infer<typeof SpecialDay>;

export const listSpecialDays = endpoint({
  method: 'GET',
  path: '/api/special-days',
  summary: 'Holidays, moved days of rest and working days in a span of at most 400 days',
  query: z.object({ from: CalendarDate, to: CalendarDate }),
  response: z.object({ days: z.array(SpecialDay) }),
});

export const saveSpecialDay = endpoint({
  method: 'PUT',
  path: '/api/special-days/:day',
  summary:
    'Enter a day off or a working day by order of the Government; what is booked stays and is listed by listBookedOnDay; refused when somebody entered another meanwhile',
  params: z.object({ day: CalendarDate }),
  body: z.object({
    kind: z.enum(['day_off', 'working_day']),
    name,
    worksAs: z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(7))),
    source: freeText(200),
    /** `enteredAt` of the order that was seen on this day; null: none. */
    seenAt: z.nullable(Instant),
  }),
  response: SpecialDay,
});

export const deleteSpecialDay = endpoint({
  method: 'DELETE',
  path: '/api/special-days/:day',
  summary: 'Take an order back; the day is again what the law says; refused when somebody changed the order meanwhile',
  params: z.object({ day: CalendarDate }),
  query: z.object({
    /** `enteredAt` of the order that was seen. */
    seenAt: Instant,
  }),
  response: z.object({ deleted: z.literal(true) }),
});

/**
 * An order concerns everybody at once, so it is entered once and moves nobody: each coordinator decides for those of their own
 * oblast, before or after, as for any other appointment.
 */
export const listBookedOnDay = endpoint({
  method: 'GET',
  path: '/api/special-days/:day/booked',
  summary:
    'Who is booked on a day without a slot of the roster, as the day is or as an order would make it; changes nothing',
  params: z.object({ day: CalendarDate }),
  query: z.object({
    /** `by_law`: without an order. Left out: as it is now. */
    as: z.optional(z.enum(['day_off', 'working_day', 'by_law'])),
    worksAs: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(7))),
  }),
  response: z.object({
    /** The earliest of those whom the caller may decide for. */
    appointments: z.array(Appointment),
    /** Of the caller's oblast, for whoever may decide nothing of the whole country. */
    total: z.number(),
  }),
});

export const listRegions = endpoint({
  method: 'GET',
  path: '/api/regions',
  summary: 'Oblasts and cities of the republic',
  response: z.object({ regions: z.array(z.object({ code: RegionCode, name: LocalText })) }),
});

/** Whom a specialist can speak with. */
export const saveLanguages = endpoint({
  method: 'PUT',
  path: '/api/practitioners/:practitionerId/languages',
  summary: 'Languages a specialist consults in; refused when somebody changed them meanwhile',
  params: z.object({ practitionerId: PractitionerId }),
  body: z.object({
    languages: z.array(Language).check(z.minLength(1), z.maxLength(3)),
    /** What they were when the change began. */
    seen: z.array(Language).check(z.maxLength(3)),
  }),
  response: z.object({ languages: z.array(Language) }),
});

/** What a station can offer a consult. */
export const StationKit = z.object({
  /** Rooms with a camera: so many consults at once. */
  cameras: z.number().check(z.int(), z.minimum(1), z.maximum(4)),
  equipment: z.array(Equipment).check(z.maxLength(EQUIPMENT.length)),
});
export type StationKit = z.infer<typeof StationKit>;

export const getStationKit = endpoint({
  method: 'GET',
  path: '/api/stations/:stationId/kit',
  summary: 'Cameras and equipment of a station',
  params: z.object({ stationId: StationId }),
  response: StationKit,
});

export const saveStationKit = endpoint({
  method: 'PUT',
  path: '/api/stations/:stationId/kit',
  summary: 'Change the cameras and equipment of a station; refused when somebody changed them meanwhile',
  params: z.object({ stationId: StationId }),
  /** `seen`: what it was when the change began. */
  body: z.extend(StationKit, { seen: StationKit }),
  response: StationKit,
});
