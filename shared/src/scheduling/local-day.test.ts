import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../kernel/time.ts';
import {
  addDays,
  dayOf,
  daysBetween,
  eachDay,
  fromMinute,
  minuteAt,
  minuteOfDay,
  overlaps,
  spanOfDay,
  subtract,
  toMinute,
  weekdayOf,
} from './local-day.ts';
import { anyDay, date } from './test-support.ts';

describe('days of Kazakhstan', () => {
  it('go through leap days and the turn of the year', () => {
    expect(eachDay(date('2028-02-28'), date('2028-03-01'))).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(addDays(date('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(date('2028-02-29'), 365)).toBe('2029-02-28');
    expect(daysBetween(date('2027-12-31'), date('2028-03-01'))).toBe(61);
    expect(eachDay(date('2026-11-02'), date('2026-11-01'))).toEqual([]);
  });

  it('begin on Monday and at 19:00 UTC of the day before', () => {
    expect(weekdayOf(date('2026-11-23'))).toBe(1);
    expect(weekdayOf(date('2028-02-29'))).toBe(2);
    expect(weekdayOf(date('1969-12-28'))).toBe(7);
    expect(fromMinute(minuteAt(date('2026-11-23'), 0))).toBe('2026-11-22T19:00:00.000Z');
    expect(fromMinute(spanOfDay(date('2026-11-23')).to)).toBe('2026-11-23T19:00:00.000Z');
  });

  it('give every minute back as it was', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 1439 }), (day, minute) => {
        const moment = minuteAt(day, minute);
        expect([dayOf(moment), minuteOfDay(moment)]).toEqual([day, minute]);
        expect(toMinute(fromMinute(moment))).toBe(moment);
      }),
    );
  });

  it('end a minute before midnight and begin at it', () => {
    const last = toMinute('2026-11-23T18:59:59.999Z' as Instant);
    expect([dayOf(last), minuteOfDay(last)]).toEqual(['2026-11-23', 1439]);
    expect([dayOf(last + 1), minuteOfDay(last + 1)]).toEqual(['2026-11-24', 0]);
  });
});

describe('spans', () => {
  const anySpans = fc.array(
    fc.record({ from: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 0, max: 30 }) }).map((span) => ({
      from: span.from,
      to: span.from + span.length,
    })),
    { maxLength: 6 },
  );

  it('that touch do not overlap', () => {
    expect(overlaps({ from: 0, to: 10 }, { from: 10, to: 20 })).toBe(false);
    expect(overlaps({ from: 0, to: 11 }, { from: 10, to: 20 })).toBe(true);
  });

  it('without holes are exactly the minutes in no hole', () => {
    fc.assert(
      fc.property(anySpans, (holes) => {
        const pieces = subtract({ from: 5, to: 70 }, holes);
        for (let minute = 0; minute < 90; minute += 1) {
          const isIn = (span: { from: number; to: number }) => span.from <= minute && minute < span.to;
          const isLeft = minute >= 5 && minute < 70 && !holes.some(isIn);
          expect(pieces.some(isIn)).toBe(isLeft);
        }
        expect(pieces.every(({ from, to }) => from < to)).toBe(true);
      }),
    );
  });
});
