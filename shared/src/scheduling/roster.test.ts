import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionsOfDay } from './expand.ts';
import { createWorkCalendar } from './holidays.ts';
import { addDays, eachDay, overlaps } from './local-day.ts';
import { findTemplateProblems, type RosterTemplate, templatesOverlap } from './roster.ts';
import { anyTemplate, date, FIRST_DAY, template } from './test-support.ts';

const onCall = (changes: Partial<RosterTemplate>) =>
  template({ mode: 'on_call', slotMinutes: 0, bufferMinutes: 0, rank: 1, worksOnHolidays: true, ...changes });

describe('a template', () => {
  it.each<[string, Partial<RosterTemplate>, string[]]>([
    ['as it should be', {}, []],
    ['to the last minute of the day', { startMinute: 1380, endMinute: 1439 }, []],
    ['to midnight', { endMinute: 1440 }, []],
    ['that ends as it begins', { startMinute: 540, endMinute: 540 }, ['endMinute']],
    ['past midnight', { startMinute: 1320, endMinute: 1500 }, ['endMinute']],
    ['with a slot longer than its window', { startMinute: 540, endMinute: 550 }, ['slotMinutes']],
    ['with a slot of two minutes', { slotMinutes: 2 }, ['slotMinutes']],
    ['with a rank', { rank: 1 }, ['rank']],
    ['with a weekday twice', { weekdays: [1, 1] }, ['weekdays']],
    ['valid backwards', { validTo: date('2028-01-31') }, ['validTo']],
    ['valid for its one day', { validTo: FIRST_DAY }, []],
  ])('%s', (_name, changes, wrong) => {
    expect(findTemplateProblems(template(changes)).map(({ path }) => path)).toEqual(wrong);
  });

  it.each<[string, Partial<RosterTemplate>, string[]]>([
    ['from morning to morning', { startMinute: 480, endMinute: 1920 }, []],
    ['of more than a day', { startMinute: 480, endMinute: 1921 }, ['endMinute']],
    ['without a rung', { rank: null }, ['rank']],
    ['with slots', { slotMinutes: 20 }, ['slotMinutes']],
  ])('of duty %s', (_name, changes, wrong) => {
    expect(findTemplateProblems(onCall(changes)).map(({ path }) => path)).toEqual(wrong);
  });
});

describe('overlapping templates', () => {
  it.each<[string, Partial<RosterTemplate>, boolean]>([
    ['the same', {}, true],
    ['other weekdays', { weekdays: [6, 7] }, false],
    ['one weekday in common', { weekdays: [5, 6] }, true],
    ['right after', { startMinute: 780, endMinute: 900 }, false],
    ['one minute too early', { startMinute: 779, endMinute: 900 }, true],
    ['from the day after its end', { validFrom: date('2028-03-01') }, false],
    ['from its last day', { validFrom: date('2028-02-29') }, true],
    ['on call', { mode: 'on_call', slotMinutes: 0, rank: 1 }, false],
  ])('%s: %s', (_name, changes, expected) => {
    const first = template({ validTo: date('2028-02-29') });
    expect(templatesOverlap(first, template(changes))).toBe(expected);
    expect(templatesOverlap(template(changes), first)).toBe(expected);
  });

  it('of duty are found over midnight and over the end of the week', () => {
    const sundayNight = onCall({ weekdays: [7], startMinute: 1200, endMinute: 1920 });
    expect(templatesOverlap(sundayNight, onCall({ weekdays: [1], startMinute: 420, endMinute: 900 }))).toBe(true);
    expect(templatesOverlap(onCall({ weekdays: [1], startMinute: 420, endMinute: 900 }), sundayNight)).toBe(true);
    expect(templatesOverlap(sundayNight, onCall({ weekdays: [1], startMinute: 480, endMinute: 900 }))).toBe(false);
  });

  it('are exactly those that give overlapping sessions on some day', () => {
    const calendar = createWorkCalendar([]);
    const everyDay = { worksOnHolidays: true };
    fc.assert(
      fc.property(anyTemplate, anyTemplate, (a, b) => {
        const meets = eachDay(FIRST_DAY, addDays(FIRST_DAY, 110)).some((day) => {
          const of = (template: RosterTemplate) =>
            sessionsOfDay({ templates: [{ ...template, ...everyDay }], closures: [], extras: [] }, day, calendar);
          return of(a).some((mine) => of(b).some((theirs) => overlaps(mine, theirs)));
        });
        // Never less careful than the days show; more only where no common weekday falls into the common days.
        const isRefused = templatesOverlap(a, b);
        const isExact = a.validTo === null && b.validTo === null;
        return isExact ? isRefused === meets : isRefused || !meets;
      }),
    );
  });
});
