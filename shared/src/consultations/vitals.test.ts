import { describe, expect, test } from 'vitest';
import { judgeVital, VITAL_CODES, Vitals, vitalSigns } from './vitals.ts';

describe.each(VITAL_CODES)('%s', (code) => {
  const { possible, usual, step } = vitalSigns[code];

  test('its ranges lie inside each other', () => {
    expect(possible[0]).toBeLessThanOrEqual(usual[0]);
    expect(usual[0]).toBeLessThan(usual[1]);
    expect(usual[1]).toBeLessThanOrEqual(possible[1]);
  });

  test('the edge of the possible is taken, beyond it is a typing error', () => {
    expect(Vitals.safeParse({ [code]: possible[0] }).success).toBe(true);
    expect(Vitals.safeParse({ [code]: possible[1] }).success).toBe(true);
    expect(Vitals.safeParse({ [code]: possible[0] - step }).success).toBe(false);
    expect(Vitals.safeParse({ [code]: possible[1] + step }).success).toBe(false);
  });

  test('the edge of the usual is usual', () => {
    expect(judgeVital(code, usual[0])).toBe('usual');
    expect(judgeVital(code, usual[1])).toBe('usual');
    expect(judgeVital(code, usual[0] - step / 2)).toBe('low');
    expect(judgeVital(code, usual[1] + step / 2)).toBe('high');
  });

  test.each(['120', Number.NaN, Number.POSITIVE_INFINITY, null, [120], true, {}])('refuses %j', (value) => {
    expect(Vitals.safeParse({ [code]: value }).success).toBe(false);
  });
});

test('nothing measured is a set, too; what is no vital sign is left out', () => {
  expect(Vitals.parse({})).toEqual({});
  expect(Vitals.parse({ systolic: 120, mood: 5 })).toEqual({ systolic: 120 });
});
