import { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as z from 'zod/mini';

/** What addresses of rosters and the end of day hold. An address that was edited by hand opens the screen without the part that is wrong. */
const text = z.catch(z.optional(z.coerce.string()), undefined);
const day = z.catch(z.optional(CalendarDate), undefined);

const ROSTER_PANELS = ['window', 'change', 'end', 'closure', 'extra', 'withdraw'] as const;

/** The week that is drawn and the form that is open, so that "back" goes back. */
export const RosterSearch = z.object({
  week: day,
  panel: z.catch(z.optional(z.enum(ROSTER_PANELS)), undefined),
  entry: text,
});
export type RosterSearch = z.infer<typeof RosterSearch>;

export const RostersSearch = z.object({
  q: text,
  specialty: text,
  region: text,
  page: z.catch(z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(1000))), undefined),
});

export const ServicesSearch = z.object({ edit: text, station: text });

export const SpecialDaysSearch = z.object({
  year: z.catch(z.optional(z.number().check(z.int(), z.minimum(2020), z.maximum(2099))), undefined),
  edit: text,
});

export const DayEndSearch = z.object({
  day,
  region: text,
  list: z.catch(z.optional(z.enum(['unsigned', 'undelivered', 'overdue', 'no_shows'])), undefined),
});
