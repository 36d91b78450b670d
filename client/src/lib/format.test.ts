import { describe, expect, it } from 'vitest';
import {
  formatCalendarDate,
  formatDate,
  formatDayMonth,
  formatDuration,
  formatIin,
  formatNumber,
  formatTime,
} from './format.ts';

const BEFORE_MIDNIGHT = '2026-11-22T18:59:00.000Z';
const AFTER_MIDNIGHT = '2026-11-22T19:05:00.000Z';

describe('dates', () => {
  it('names months in each language', () => {
    expect(formatDate(BEFORE_MIDNIGHT, 'kk')).toBe('2026 ж. 22 қараша');
    expect(formatDate(BEFORE_MIDNIGHT, 'ru')).toBe('22 ноября 2026 г.');
    expect(formatDate(BEFORE_MIDNIGHT, 'en')).toBe('22 November 2026');
  });

  it('turns the day at midnight of +05:00, whatever zone the computer has', () => {
    expect([formatDayMonth(BEFORE_MIDNIGHT, 'kk'), formatTime(BEFORE_MIDNIGHT)]).toEqual(['22 қараша', '23:59']);
    expect([formatDayMonth(AFTER_MIDNIGHT, 'kk'), formatTime(AFTER_MIDNIGHT)]).toEqual(['23 қараша', '00:05']);
  });

  it('prints a birth date without shifting it', () => {
    expect(formatCalendarDate('1962-03-12', 'kk')).toBe('12.03.1962');
    expect(formatCalendarDate('1962-03-12', 'en')).toBe('12 Mar 1962');
  });
});

describe('numbers', () => {
  it.each([
    [1234567.5, 'kk', '1\u00A0234\u00A0567,5'],
    [1234567.5, 'ru', '1\u00A0234\u00A0567,5'],
    [1234567.5, 'en', '1,234,567.5'],
    [-36.6, 'kk', '\u221236,6'],
    [150, 'kk', '150'],
  ] as const)('%d in %s is %s', (value, language, text) => {
    expect(formatNumber(value, undefined, language)).toBe(text);
  });

  it('keeps asked-for digits', () => {
    expect(formatNumber(37, 1, 'ru')).toBe('37,0');
  });
});

it.each([
  [7, '0:07'],
  [754, '12:34'],
  [3723, '1:02:03'],
  [-1, '0:00'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it('splits an IIN for reading aloud', () => {
  expect(formatIin('620312300123')).toBe('620312\u00A0300123');
});
