import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { PatientId, StationId } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { PatientSummary } from './patient-summary.ts';

export const Sex = z.enum(['male', 'female']);
export type Sex = z.infer<typeof Sex>;

export const InsuranceStatus = z.enum(['insured', 'uninsured', 'unknown']);
export type InsuranceStatus = z.infer<typeof InsuranceStatus>;

/** FHIR Patient, as far as the sticky banner and the card need it. */
export const Patient = z.object({
  id: PatientId,
  /** Twelve digits, or null for a newborn or a foreigner without one. */
  iin: z.nullable(z.string()),
  familyName: z.string(),
  givenName: z.string(),
  /** Patronymic; empty when there is none. */
  middleName: z.string(),
  birthDate: CalendarDate,
  sex: Sex,
  phone: z.string(),
  address: z.string(),
  stationId: StationId,
  insurance: InsuranceStatus,
  /** Known allergies in words; null means not asked yet ("Белгісіз"), an empty string means none. */
  allergies: z.nullable(z.string()),
  chronicConditions: z.string(),
  /** Allergies, conditions, medicines, representatives as entries; the two lines above are made of it. */
  summary: PatientSummary,
  /** 0: made of the lines of an older card, nobody has saved it yet. */
  summaryVersion: z.number(),
  summaryAt: z.nullable(Instant),
  /** Demo data, never a real person. */
  isDemo: z.boolean(),
});
export type Patient = z.infer<typeof Patient>;

export const searchPatients = endpoint({
  method: 'GET',
  path: '/api/patients',
  summary:
    'Search by IIN, name (Kazakh letters fold) or birth date; an empty query lists the station’s recent patients',
  query: z.object({
    q: z._default(z.string().check(z.maxLength(100)), ''),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(50)), 20),
  }),
  response: z.object({
    patients: z.array(Patient),
    /** More fit than were asked for. */
    hasMore: z.boolean(),
  }),
});

export const getPatient = endpoint({
  method: 'GET',
  path: '/api/patients/:patientId',
  summary: 'One patient',
  params: z.object({ patientId: PatientId }),
  response: Patient,
});

export const savePatientSummary = endpoint({
  method: 'PUT',
  path: '/api/patients/:patientId/summary',
  summary: 'Allergies, chronic conditions, medicines and representatives; refused when somebody saved meanwhile',
  params: z.object({ patientId: PatientId }),
  body: z.object({ baseVersion: z.number().check(z.int(), z.minimum(0)), summary: PatientSummary }),
  response: Patient,
});

const Iin = z.string().check(z.regex(/^\d{12}$/));

export const PatientInput = z.object({
  iin: z.nullable(Iin),
  familyName: requiredText(80),
  givenName: requiredText(80),
  middleName: z._default(freeText(80), ''),
  birthDate: CalendarDate,
  sex: Sex,
  phone: z._default(freeText(40), ''),
  address: z._default(freeText(200), ''),
  insurance: z._default(InsuranceStatus, 'unknown'),
  allergies: z._default(z.nullable(freeText(500)), null),
  chronicConditions: z._default(freeText(500), ''),
});
export type PatientInput = z.output<typeof PatientInput>;

export const registerPatient = endpoint({
  method: 'POST',
  path: '/api/patients',
  summary: 'Register a patient at the caller’s station; the id comes from the caller, so repeating it is harmless',
  body: z.extend(PatientInput, { id: PatientId }),
  response: z.object({
    patient: Patient,
    /** What a person should look at; never a reason to refuse. */
    warnings: z.array(z.enum(['iin_birth_date_differs', 'iin_sex_differs'])),
  }),
});
