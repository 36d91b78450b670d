import { iinCheckDigit } from '@jaqyn/shared/kernel/iin';
import { expect, it } from 'vitest';
import { checkIin } from './iin-check.ts';

const FIRST = '62031230012';
const VALID = `${FIRST}${iinCheckDigit(FIRST)}`;

it.each([
  ['', { kind: 'empty' }],
  ['6203', { kind: 'typing', digits: 4 }],
  ['620 312', { kind: 'typing', digits: 6 }],
  ['6203a', { kind: 'not_digits' }],
  [`${VALID}0`, { kind: 'too_long' }],
  [VALID, { kind: 'right', birthDate: '1962-03-12', sex: 'male' }],
  [` ${VALID.slice(0, 6)} ${VALID.slice(6)} `, { kind: 'right', birthDate: '1962-03-12', sex: 'male' }],
])('reads "%s"', (text, check) => {
  expect(checkIin(text)).toEqual(check);
});

it('finds a wrong digit', () => {
  // Not the eleventh: its weight is 11, which the remainder by 11 does not see.
  for (const at of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]) {
    const digit = (Number(VALID[at]) + 1) % 10;
    expect(checkIin(`${VALID.slice(0, at)}${digit}${VALID.slice(at + 1)}`), `digit ${at + 1}`).toEqual({
      kind: 'wrong',
    });
  }
});
