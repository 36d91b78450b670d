import { describe, expect, it } from 'vitest';
import { createWorkCalendar } from './holidays.ts';
import { addDays, eachDay, weekdayOf } from './local-day.ts';
import { date } from './test-support.ts';

const law = createWorkCalendar([]);

function daysOff(year: number): string[] {
  return eachDay(date(`${year}-01-01`), date(`${year}-12-31`)).filter((day) => law.dayKind(day).kind === 'day_off');
}

/** As the state news agency published it for a five-day week (inform.kz, 2026-01-02), without 30 August, which the referendum ended. */
const OF_2026 =
  '01-01 01-02 01-07 03-08 03-09 03-21 03-22 03-23 03-24 03-25 05-01 05-07 05-09 05-11 05-27 07-06 10-25 10-26 12-16';

describe('days off by law', () => {
  it('are the published ones of 2026', () => {
    expect(daysOff(2026).map((day) => day.slice(5))).toEqual(OF_2026.split(' '));
  });

  it('gave the long weekend at the end of August 2025', () => {
    const around = eachDay(date('2025-08-29'), date('2025-09-02'));
    expect(around.map((day) => law.dayKind(day).kind === 'day_off')).toEqual([false, true, false, true, false]);
  });

  it('keep Constitution Day on 30 August until 2025 and on 15 March from 2027 on', () => {
    expect(law.dayKind(date('2025-08-30')).kind).toBe('day_off');
    expect(law.dayKind(date('2026-08-30')).kind).toBe('ordinary');
    expect(law.dayKind(date('2026-03-15')).kind).toBe('ordinary');
    expect(law.dayKind(date('2027-03-15'))).toMatchObject({ kind: 'day_off', name: { en: 'Constitution Day' } });
  });

  it('move from weekends to the next working day, Christmas and Kurban ait excepted', () => {
    // 7 January 2028 is a Friday, 2029 a Sunday; Kurban ait 2024 was a Sunday.
    expect(law.dayKind(date('2029-01-08')).kind).toBe('ordinary');
    expect(law.dayKind(date('2024-06-17')).kind).toBe('ordinary');
    expect(law.dayKind(date('2026-10-26'))).toMatchObject({
      kind: 'day_off',
      isMoved: true,
      name: { en: 'Republic Day' },
    });
  });

  it.each(Array.from({ length: 26 }, (_, index) => 2022 + index))(
    'leave no holiday of %i without its day of rest',
    (year) => {
      const off = daysOff(year);
      const onWeekend = off.filter((day) => {
        const kind = law.dayKind(date(day));
        return (
          weekdayOf(date(day)) >= 6 &&
          kind.kind === 'day_off' &&
          !['Orthodox Christmas', 'Kurban Ait'].includes(kind.name.en)
        );
      });
      const moved = off.filter((day) => {
        const kind = law.dayKind(date(day));
        return kind.kind === 'day_off' && kind.isMoved;
      });
      expect(moved).toHaveLength(onWeekend.length);
      expect(moved.every((day) => weekdayOf(date(day)) <= 5)).toBe(true);
    },
  );
});

describe('orders of the Government', () => {
  it('win over the law and over each ordinary day', () => {
    const name = { kk: 'Ауыстыру', ru: 'Перенос', en: 'Moved' };
    const calendar = createWorkCalendar([
      // 2025: the day of rest of Sunday 5 January went to Friday the 3rd.
      { day: date('2025-01-03'), kind: 'day_off', worksAs: null, name },
      { day: date('2025-01-05'), kind: 'working_day', worksAs: 5, name },
      { day: date('2025-05-09'), kind: 'working_day', worksAs: null, name },
    ]);
    expect(calendar.dayKind(date('2025-01-03'))).toEqual({ kind: 'day_off', name, isMoved: false });
    expect(calendar.dayKind(date('2025-01-05'))).toEqual({ kind: 'working_day', name, worksAs: 5 });
    expect(calendar.dayKind(date('2025-05-09')).kind).toBe('working_day');
    expect(calendar.dayKind(addDays(date('2025-05-09'), 1)).kind).toBe('ordinary');
  });
});
