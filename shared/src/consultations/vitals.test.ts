import { describe, expect, test } from 'vitest';
import { judgeVital, usualRange, VITAL_CODES, Vitals, vitalSigns } from './vitals.ts';

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

describe('ranges by age', () => {
  test.each([0, 1, 2, 11, 12, 59, 60, 143, 144, 215, 216, 800, undefined])(
    'at %s months they lie in what is possible',
    (months) => {
      for (const code of VITAL_CODES) {
        const [low, high] = usualRange(code, months);
        expect(low, code).toBeLessThan(high);
        expect(low, code).toBeGreaterThanOrEqual(vitalSigns[code].possible[0]);
        expect(high, code).toBeLessThanOrEqual(vitalSigns[code].possible[1]);
        expect(judgeVital(code, low, months)).toBe('usual');
        expect(judgeVital(code, high, months)).toBe('usual');
      }
    },
  );

  // Fast breathing of IMCI: 60 a minute below two months, 50 below a year, 40 below five years.
  test.each([
    [1, 60],
    [2, 50],
    [11, 50],
    [12, 40],
    [59, 40],
  ])('at %d months %d breaths a minute are fast', (months, rate) => {
    expect(judgeVital('respiratoryRate', rate, months)).toBe('high');
    expect(judgeVital('respiratoryRate', rate - 1, months)).toBe('usual');
  });

  test('of full age, and of unknown age, it is the adult range', () => {
    for (const code of VITAL_CODES) {
      expect(usualRange(code, 216)).toEqual(vitalSigns[code].usual);
      expect(usualRange(code, undefined)).toEqual(vitalSigns[code].usual);
    }
  });
});
