import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { OrganizationId, PractitionerId, SpecialtyCode } from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { LICENCE_STANDINGS } from './licence.ts';

export const Specialty = z.object({
  code: SpecialtyCode,
  name: LocalText,
  /** Practitioners of it who are on call at this moment. */
  onCallNow: z.number(),
  /** Of those, how many have a live connection and are not in a call. */
  reachableNow: z.number(),
});
export type Specialty = z.infer<typeof Specialty>;

export const listSpecialties = endpoint({
  method: 'GET',
  path: '/api/specialties',
  summary: 'Specialties, with how many specialists could answer now',
  response: z.object({ specialties: z.array(Specialty) }),
});

/** A specialist as a station or a colleague sees them. */
export const Practitioner = z.object({
  id: PractitionerId,
  displayName: z.string(),
  specialty: SpecialtyCode,
  organizationId: OrganizationId,
  organizationName: LocalText,
});
export type Practitioner = z.infer<typeof Practitioner>;

/** One on-call shift: between the two instants this practitioner's devices ring. Lower rank rings first. */
export const OnCallShift = z.object({
  practitionerId: PractitionerId,
  displayName: z.string(),
  specialty: SpecialtyCode,
  startsAt: Instant,
  endsAt: Instant,
  rank: z.number(),
});
export type OnCallShift = z.infer<typeof OnCallShift>;

export const listOnCallShifts = endpoint({
  method: 'GET',
  path: '/api/on-call-shifts',
  summary: 'On-call shifts that touch a span of time, at most 31 days',
  query: z.object({ from: Instant, to: Instant }),
  response: z.object({ shifts: z.array(OnCallShift) }),
});

/** The specialist's own switch; `isOnCall` comes from the roster. */
export const Availability = z.object({
  isAvailable: z.boolean(),
  isOnCall: z.boolean(),
  onCallUntil: z.nullable(Instant),
  /** Without one that holds today nothing rings, and nothing can be accepted or signed; `none`: nobody has entered one, nobody is held up. */
  licence: z.object({ standing: z.enum(LICENCE_STANDINGS), until: z.nullable(CalendarDate) }),
});
export type Availability = z.infer<typeof Availability>;

export const getMyAvailability = endpoint({
  method: 'GET',
  path: '/api/me/availability',
  summary: "The specialist's own availability",
  response: Availability,
});

export const setMyAvailability = endpoint({
  method: 'PUT',
  path: '/api/me/availability',
  summary: 'Switch ringing on or off for oneself',
  body: z.object({ isAvailable: z.boolean() }),
  response: Availability,
});
