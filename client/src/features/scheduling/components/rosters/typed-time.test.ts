import { describe, expect, it } from 'vitest';
import { parseTypedTime, parseTypedWhole, toTypedTime } from './typed-time.ts';

describe('a time as people type it', () => {
  it.each([
    ['9', 540],
    ['09:00', 540],
    ['900', 540],
    ['9.05', 545],
    ['0930', 570],
    ['23:59', 1439],
    ['24:00', 1440],
    [' 8:15 ', 495],
  ])('%s', (text, minute) => expect(parseTypedTime(text)).toBe(minute));

  it.each(['', '25:00', '24:01', '9:60', 'nine', '9:5', '12:000'])('refuses %s', (text) =>
    expect(parseTypedTime(text)).toBeUndefined(),
  );

  it('is written back with two figures, past midnight as the time of the next day', () => {
    expect([0, 545, 1440, 1920].map(toTypedTime)).toEqual(['00:00', '09:05', '24:00', '08:00']);
  });
});

it('takes whole numbers within the range only', () => {
  expect(['3', ' 240 ', '2', '241', '4.5', '-4', ''].map((text) => parseTypedWhole(text, 3, 240))).toEqual([
    3,
    240,
    ...Array(5).fill(undefined),
  ]);
});
