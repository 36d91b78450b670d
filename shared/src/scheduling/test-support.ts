import * as fc from 'fast-check';
import type { PractitionerId, RosterEntryId, ServiceCode } from '../kernel/ids.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { DayOrder } from './holidays.ts';
import { addDays, minuteAt } from './local-day.ts';
import type { Closure, ExtraSession, Roster, RosterTemplate } from './roster.ts';

/** The first day of the rosters that tests make; leap day 2028-02-29 lies within reach. */
export const FIRST_DAY = '2028-02-01' as CalendarDate;

export const date = (text: string) => text as CalendarDate;

let entries = 0;
export function entryId(): RosterEntryId {
  entries += 1;
  return `00000000-0000-7000-8000-${String(entries).padStart(12, '0')}` as RosterEntryId;
}

/** Weekdays 9 to 13, twenty minutes and five to breathe, from the first day on. */
export function template(changes: Partial<RosterTemplate> = {}): RosterTemplate {
  return {
    id: entryId(),
    practitionerId: 'p' as PractitionerId,
    service: 'cardiology-video' as ServiceCode,
    mode: 'video',
    weekdays: [1, 2, 3, 4, 5],
    startMinute: 9 * 60,
    endMinute: 13 * 60,
    slotMinutes: 20,
    bufferMinutes: 5,
    worksOnHolidays: false,
    rank: null,
    validFrom: FIRST_DAY,
    validTo: null,
    ...changes,
  };
}

/** A day within two months of the first. */
export const anyDay = fc.integer({ min: 0, max: 60 }).map((days) => addDays(FIRST_DAY, days));

/** Any template that makes sense: to the last minute of the day, on any weekdays, for any while. */
export const anyTemplate: fc.Arbitrary<RosterTemplate> = fc
  .record({
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    window: fc
      .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.constantFrom(0, 1439, 1440)), {
        minLength: 2,
        maxLength: 2,
      })
      .map((ends) => ends.sort((a, b) => a - b)),
    slotMinutes: fc.integer({ min: 3, max: 240 }),
    bufferMinutes: fc.integer({ min: 0, max: 60 }),
    worksOnHolidays: fc.boolean(),
    validFrom: anyDay,
    lasts: fc.option(fc.integer({ min: 0, max: 40 })),
    isAsync: fc.boolean(),
  })
  .map(({ window, lasts, isAsync, ...rest }) =>
    template({
      ...rest,
      mode: isAsync ? 'async' : 'video',
      startMinute: window[0] ?? 0,
      endMinute: window[1] ?? 1440,
      validTo: lasts === null ? null : addDays(rest.validFrom, lasts),
    }),
  );

const anySpan = fc
  .record({ day: anyDay, start: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 1, max: 3000 }) })
  .map(({ day, start, length }) => ({ from: minuteAt(day, start), to: minuteAt(day, start + length) }));

export const anyClosure: fc.Arbitrary<Closure> = anySpan.map((span) => ({ ...span, id: entryId(), reason: 'other' }));

export const anyExtra: fc.Arbitrary<ExtraSession> = fc
  .record({ day: anyDay, start: fc.integer({ min: 0, max: 1380 }), length: fc.integer({ min: 10, max: 600 }) })
  .map(({ day, start, length }) => ({
    id: entryId(),
    service: 'cardiology-video' as ServiceCode,
    mode: 'video',
    from: minuteAt(day, start),
    to: minuteAt(day, Math.min(1440, start + length)),
    slotMinutes: 15,
    bufferMinutes: 0,
    rank: null,
  }));

/** Any roster, also one whose templates overlap, which the database would refuse. */
export const anyRoster: fc.Arbitrary<Roster> = fc.record({
  templates: fc.array(anyTemplate, { maxLength: 4 }),
  closures: fc.array(anyClosure, { maxLength: 4 }),
  extras: fc.array(anyExtra, { maxLength: 3 }),
});

const name = { kk: 'а', ru: 'а', en: 'a' };
export const anyOrder: fc.Arbitrary<DayOrder> = fc.record({
  day: anyDay,
  kind: fc.constantFrom('day_off', 'working_day'),
  worksAs: fc.option(fc.integer({ min: 1, max: 7 })),
  name: fc.constant(name),
});
