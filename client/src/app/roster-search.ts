import { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as z from 'zod/mini';
import { lenient } from '../lib/lenient.ts';

const text = lenient(z.coerce.string());
const day = lenient(CalendarDate);

const ROSTER_PANELS = ['window', 'change', 'end', 'closure', 'extra', 'withdraw'] as const;

/** The week that is drawn and the form that is open, so that "back" goes back. */
export const RosterSearch = z.object({
  week: day,
  panel: lenient(z.enum(ROSTER_PANELS)),
  entry: text,
});
export type RosterSearch = z.infer<typeof RosterSearch>;

export const RostersSearch = z.object({
  q: text,
  specialty: text,
  region: text,
  page: lenient(z.number().check(z.int(), z.minimum(0), z.maximum(1000))),
});

export const ServicesSearch = z.object({ edit: text, station: text });

export const SpecialDaysSearch = z.object({
  year: lenient(z.number().check(z.int(), z.minimum(2020), z.maximum(2099))),
  edit: text,
  /** The day whose booked patients are decided for. */
  booked: day,
});

/** Which day's list, and of whom. */
export const DayListSearch = z.object({ day, specialty: lenient(SpecialtyCode), region: text });

export const DayEndSearch = z.object({
  day,
  region: text,
  list: lenient(z.enum(['unsigned', 'undelivered', 'unacknowledged', 'overdue', 'no_shows', 'follow_ups'])),
});

/** Words from what was written in consults. */
export const ConsultSearch = z.object({ q: text });

/** What is to be done for patients: open, or what was done. */
export const FollowUpsSearch = z.object({ status: lenient(z.enum(['open', 'done'])), region: text });
