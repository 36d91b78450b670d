import { expect, it } from 'vitest';
import { parseTypedDate, toTypedDate } from './typed-date.ts';

it.each([
  ['12.03.1962', '1962-03-12'],
  ['1.2.2020', '2020-02-01'],
  ['12/3/1962', '1962-03-12'],
  ['12031962', '1962-03-12'],
  [' 29.02.2024 ', '2024-02-29'],
])('reads %s', (typed, date) => {
  expect(parseTypedDate(typed)).toBe(date);
});

it.each(['29.02.2023', '31.04.2020', '12.13.2000', '1203196', '12.03.62', ''])('refuses %s', (typed) => {
  expect(parseTypedDate(typed)).toBeUndefined();
});

it('prints what it reads', () => {
  expect(toTypedDate('1962-03-12')).toBe('12.03.1962');
});
