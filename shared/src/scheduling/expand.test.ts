import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceCode } from '../kernel/ids.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { sessionsOfDay, slotsOf } from './expand.ts';
import { createWorkCalendar } from './holidays.ts';
import { addDays, dayOf, eachDay, minuteAt, minuteOfDay, overlaps, type Span, weekdayOf } from './local-day.ts';
import type { Closure, Roster } from './roster.ts';
import { anyOrder, anyRoster, anyTemplate, date, entryId, FIRST_DAY, template } from './test-support.ts';

const calendar = createWorkCalendar([]);
const DAYS = eachDay(FIRST_DAY, addDays(FIRST_DAY, 70));

function roster(changes: Partial<Roster>): Roster {
  return { templates: [], closures: [], extras: [], ...changes };
}

/** Start times of a day's slots, as HH:MM. */
function starts(of: Roster, day: CalendarDate, on = calendar): string[] {
  return sessionsOfDay(of, day, on)
    .flatMap(slotsOf)
    .map(({ from }) => {
      const minute = minuteOfDay(from);
      return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    });
}

function closure(day: string, start: number, end: number): Closure {
  return { id: entryId(), reason: 'other', from: minuteAt(date(day), start), to: minuteAt(date(day), end) };
}

describe('a day of a template', () => {
  const short = template({ startMinute: 540, endMinute: 640 });

  it('has slots with a pause between them and none that does not fit', () => {
    expect(starts(roster({ templates: [short] }), FIRST_DAY)).toEqual(['09:00', '09:25', '09:50', '10:15']);
  });

  it('is empty on other weekdays, before it begins and after it ends', () => {
    const of = roster({ templates: [template({ validFrom: date('2028-02-02'), validTo: date('2028-02-03') })] });
    const working = DAYS.filter((day) => starts(of, day).length > 0);
    expect(working).toEqual(['2028-02-02', '2028-02-03']);
  });

  it('comes on a leap day like on any Tuesday', () => {
    expect(starts(roster({ templates: [short] }), date('2028-02-29'))).toEqual(['09:00', '09:25', '09:50', '10:15']);
  });

  it('may end at 23:59 and at midnight, and stays within the day', () => {
    const late = (endMinute: number) =>
      starts(roster({ templates: [template({ startMinute: 1399, endMinute, bufferMinutes: 0 })] }), FIRST_DAY);
    expect(late(1439)).toEqual(['23:19', '23:39']);
    expect(late(1440)).toEqual(['23:19', '23:39']);
    expect(late(1438)).toEqual(['23:19']);
  });

  it('is left out on a holiday unless the template says otherwise', () => {
    const womensDay = date('2028-03-08');
    expect(starts(roster({ templates: [short] }), womensDay)).toEqual([]);
    expect(starts(roster({ templates: [{ ...short, worksOnHolidays: true }] }), womensDay)).not.toEqual([]);
  });

  it('follows an order: a Saturday worked as a Friday', () => {
    const order = {
      day: date('2028-02-05'),
      kind: 'working_day' as const,
      worksAs: 5,
      name: { kk: '', ru: '', en: '' },
    };
    expect(starts(roster({ templates: [short] }), order.day)).toEqual([]);
    expect(starts(roster({ templates: [short] }), order.day, createWorkCalendar([order]))).not.toEqual([]);
  });

  it('loses the slots a closure touches and moves none of the others', () => {
    const of = roster({ templates: [short], closures: [closure('2028-02-01', 575, 590)] });
    // Closed from 09:35 to 09:50: that is in the slot of 09:25 and only touches that of 09:50.
    expect(starts(of, FIRST_DAY)).toEqual(['09:00', '09:50', '10:15']);
  });

  it('gives way to extra work', () => {
    const extra = {
      id: entryId(),
      service: 'cardiology-async' as ServiceCode,
      mode: 'async' as const,
      from: minuteAt(FIRST_DAY, 590),
      to: minuteAt(FIRST_DAY, 610),
      slotMinutes: 10,
      bufferMinutes: 0,
      rank: null,
    };
    expect(starts(roster({ templates: [short], extras: [extra] }), FIRST_DAY)).toEqual([
      '09:00',
      '09:25',
      '10:15',
      '09:50',
      '10:00',
    ]);
  });

  it('of duty runs into the next day and has no slots', () => {
    const duty = template({
      mode: 'on_call',
      slotMinutes: 0,
      bufferMinutes: 0,
      rank: 1,
      startMinute: 480,
      endMinute: 1920,
    });
    const [session, ...more] = sessionsOfDay(roster({ templates: [duty, short] }), FIRST_DAY, calendar);
    expect(session).toMatchObject({
      from: minuteAt(FIRST_DAY, 480),
      to: minuteAt(addDays(FIRST_DAY, 1), 480),
      closed: [],
    });
    expect(more).toMatchObject([{ mode: 'video', closed: [] }]);
    expect(slotsOf(session ?? more[0]!)).toEqual([]);
  });
});

describe('any roster at all', () => {
  const allSlots = (of: Roster, days: readonly CalendarDate[], on = calendar) =>
    days.flatMap((day) =>
      sessionsOfDay(of, day, on).flatMap((session) => slotsOf(session).map((slot) => ({ slot, session, day }))),
    );

  it('never has two slots at once, and each within its session and its day', () => {
    fc.assert(
      fc.property(anyRoster, fc.array(anyOrder, { maxLength: 4 }), (of, orders) => {
        const slots = allSlots(of, DAYS, createWorkCalendar(orders));
        const inOrder = slots.map(({ slot }) => slot).sort((a, b) => a.from - b.from);
        for (const [index, slot] of inOrder.entries()) {
          expect(overlaps(slot, inOrder[index + 1] ?? { from: Infinity, to: Infinity })).toBe(false);
        }
        for (const { slot, session, day } of slots) {
          expect(slot.from >= session.from && slot.to <= session.to && dayOf(slot.from) === day).toBe(true);
          expect(dayOf(slot.to - 1)).toBe(day);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has no slot in a closure, and a closure takes only the slots it touches', () => {
    fc.assert(
      fc.property(anyRoster, (of) => {
        const open = allSlots({ ...of, closures: [] }, DAYS).map(({ slot }) => slot);
        const touched = (slot: Span) => of.closures.some((span) => overlaps(span, slot));
        expect(allSlots(of, DAYS).map(({ slot }) => slot)).toEqual(open.filter((slot) => !touched(slot)));
      }),
      { numRuns: 60 },
    );
  });

  it('that changes on a day is the old one before it and the new one from it on', () => {
    fc.assert(
      fc.property(anyTemplate, anyTemplate, fc.integer({ min: 1, max: 60 }), (before, after, days) => {
        const change = addDays(FIRST_DAY, days);
        const old = { ...before, validFrom: FIRST_DAY, validTo: null };
        const both = roster({
          templates: [
            { ...old, validTo: addDays(change, -1) },
            { ...after, validFrom: change, validTo: null },
          ],
        });
        for (const day of DAYS) {
          const alone =
            day < change
              ? roster({ templates: [old] })
              : roster({ templates: [{ ...after, validFrom: change, validTo: null }] });
          expect(starts(both, day)).toEqual(starts(alone, day));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('works on no day off but with templates that say so', () => {
    fc.assert(
      fc.property(anyRoster, fc.array(anyOrder, { maxLength: 4 }), (of, orders) => {
        const on = createWorkCalendar(orders);
        const willing = new Set(of.templates.filter(({ worksOnHolidays }) => worksOnHolidays).map(({ id }) => id));
        for (const day of DAYS.filter((day) => on.dayKind(day).kind === 'day_off')) {
          const working = sessionsOfDay(of, day, on).filter(({ source }) => source.kind === 'template');
          expect(working.every(({ source }) => willing.has(source.id))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has a session only on the weekdays of its template', () => {
    fc.assert(
      fc.property(anyTemplate, (one) => {
        for (const { session, day } of allSlots(roster({ templates: [one] }), DAYS)) {
          expect(one.weekdays).toContain(weekdayOf(day));
          expect(minuteOfDay(session.from)).toBe(one.startMinute);
        }
      }),
      { numRuns: 60 },
    );
  });
});
