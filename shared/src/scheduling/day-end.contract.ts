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

/** A place in one of the lists, made by the server: whoever wants what comes after it gives it back as it is. */
export const DayEndPlace = z.string().check(z.regex(/^\S{10,30} \S{36}$/));
export type DayEndPlace = z.infer<typeof DayEndPlace>;

/** The longest open first. */
export const DayEndPage = z.object({
  entries: z.array(DayEndEntry),
  /** The place to go on from; null when this is all. */
  next: z.nullable(DayEndPlace),
  /** How many the whole list has. */
  total: z.number(),
});
export type DayEndPage = z.infer<typeof DayEndPage>;

/** Of one list at once. */
export const DAY_END_PAGE = 200;

export const getDayEnd = endpoint({
  method: 'GET',
  path: '/api/day-end',
  summary: 'What is left open at the end of a day: of each list the first page',
  query,
  response: z.object({
    lists: z.object({
      unsigned: DayEndPage,
      undelivered: DayEndPage,
      unacknowledged: DayEndPage,
      overdue: DayEndPage,
      no_shows: DayEndPage,
      follow_ups: DayEndPage,
    }),
  }),
});

export const listDayEnd = endpoint({
  method: 'GET',
  path: '/api/day-end/:list',
  summary: 'One list of the end of a day, page by page',
  params: z.object({ list: DayEndList }),
  query: z.extend(query, {
    /** `next` of the page before. */
    after: z.optional(DayEndPlace),
  }),
  response: DayEndPage,
});

/** `GET /api/day-end.csv` and `GET /api/day-end.xlsx` answer one list as a file, all of it. */
export const DayEndFileQuery = z.extend(query, {
  list: DayEndList,
  language: z._default(z.enum(['kk', 'ru', 'en']), 'kk'),
});
