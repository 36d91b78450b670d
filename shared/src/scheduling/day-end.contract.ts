import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { Urgency } from '../consultations/consultation.contract.ts';
import { CONSULTATION_STATES } from '../consultations/consultation.machine.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { RequestId, SpecialtyCode } from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { NoShowCause } from './appointment.contract.ts';
import { RegionCode } from './region.ts';

/**
 * `unsigned`: talked, not signed. `undelivered`: signed, not opened at the station. `unacknowledged`: opened, not read to the patient.
 * `overdue`: past treat-by, not seen. `follow_ups`: to be done for the patient by a day that is over.
 */
export const DAY_END_LISTS = [
  'unsigned',
  'undelivered',
  'unacknowledged',
  'overdue',
  'no_shows',
  'follow_ups',
] as const;
export const DayEndList = z.enum(DAY_END_LISTS);
export type DayEndList = z.infer<typeof DayEndList>;

export const DayEndEntry = z.object({
  requestId: RequestId,
  requestNumber: z.string(),
  requestStatus: z.enum(CONSULTATION_STATES),
  urgency: Urgency,
  specialty: SpecialtyCode,
  stationName: LocalText,
  /** Family name and initials; empty in an emergency without a card. */
  patientName: z.string(),
  practitionerName: z.nullable(z.string()),
  /** Since when it is what the list says. */
  since: Instant,
  noShowCause: z.nullable(NoShowCause),
});
export type DayEndEntry = z.infer<typeof DayEndEntry>;

const query = z.object({ day: CalendarDate, region: z.optional(RegionCode) });

export const getDayEnd = endpoint({
  method: 'GET',
  path: '/api/day-end',
  summary: 'What is left open at the end of a day',
  query,
  response: z.object({
    lists: z.object({
      unsigned: z.array(DayEndEntry),
      undelivered: z.array(DayEndEntry),
      unacknowledged: z.array(DayEndEntry),
      overdue: z.array(DayEndEntry),
      no_shows: z.array(DayEndEntry),
      follow_ups: z.array(DayEndEntry),
    }),
  }),
});

/** `GET /api/day-end.csv` and `GET /api/day-end.xlsx` answer one list as a file. */
export const DayEndFileQuery = z.extend(query, {
  list: DayEndList,
  language: z._default(z.enum(['kk', 'ru', 'en']), 'kk'),
});
