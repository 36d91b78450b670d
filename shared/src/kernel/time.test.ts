import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageInYears, CalendarDate, Instant, localDate, toInstant } from './time.ts';

const day = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2100-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('Instant', () => {
  test('takes what toInstant makes, and text sorts as time does', () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [first, second] = [toInstant(one), toInstant(other)];
        expect(Instant.safeParse(first).success).toBe(true);
        expect(first < second).toBe(one.getTime() < other.getTime());
      }),
    );
  });

  test.each([
    '2026-11-22T09:05:00Z',
    '2026-11-22T09:05:00.000',
    '2026-11-22T09:05:00.000+05:00',
    '2026-11-22 09:05:00.000Z',
    '2026-02-30T09:05:00.000Z',
    '2026-13-01T09:05:00.000Z',
    '2026-11-22T24:00:00.000Z',
    '2026-11-22T09:05:60.000Z',
    '2026-11-22T09:05:00.000Z\n',
    '',
  ])('refuses %j', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});

describe('CalendarDate', () => {
  test.each(['2024-02-29', '1958-03-14', '2026-12-31'])('takes %s', (text) => {
    expect(CalendarDate.safeParse(text).success).toBe(true);
  });

  test.each(['2023-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-1-1', '14.03.1958', '2026-01-01T00:00', ''])(
    'refuses %j',
    (text) => {
      expect(CalendarDate.safeParse(text).success).toBe(false);
    },
  );
});

describe('localDate', () => {
  test.each([
    ['2026-11-22T18:59:59.999Z', '2026-11-22'],
    ['2026-11-22T19:00:00.000Z', '2026-11-23'],
    ['2026-12-31T19:00:00.000Z', '2027-01-01'],
    ['2024-02-28T19:00:00.000Z', '2024-02-29'],
  ])('%s is %s in Kazakhstan', (instant, date) => {
    expect(localDate(Instant.parse(instant))).toBe(date);
    expect(localDate(new Date(instant))).toBe(date);
  });
});

describe('ageInYears', () => {
  test.each([
    ['1958-03-14', '2026-03-13', 67],
    ['1958-03-14', '2026-03-14', 68],
    ['2024-02-29', '2025-02-28', 0],
    ['2024-02-29', '2025-03-01', 1],
    ['2026-11-22', '2026-11-22', 0],
  ])('born %s, on %s: %d', (birthDate, onDate, years) => {
    expect(ageInYears(birthDate, onDate)).toBe(years);
  });

  test('never goes down as days pass, and up by one at most', () => {
    fc.assert(
      fc.property(day, fc.nat(40_000), (birth, daysLater) => {
        const birthDate = birth.toISOString().slice(0, 10);
        const on = (days: number) => new Date(birth.getTime() + days * 86_400_000).toISOString().slice(0, 10);
        const grown = ageInYears(birthDate, on(daysLater + 1)) - ageInYears(birthDate, on(daysLater));
        expect([0, 1]).toContain(grown);
      }),
    );
  });
});
