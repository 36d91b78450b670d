import { expect, test } from 'vitest';
import { PatientId, SpecialtyCode } from './ids.ts';

test('takes an id as it is written here', () => {
  expect(PatientId.safeParse('019aa6b0-9c1e-7d3a-8f00-0123456789ab').success).toBe(true);
});

test.each([
  ['upper case, which would be a second id for one thing', '019AA6B0-9C1E-7D3A-8F00-0123456789AB'],
  ['one character too few', '019aa6b0-9c1e-7d3a-8f00-0123456789a'],
  ['braces', '{019aa6b0-9c1e-7d3a-8f00-0123456789ab}'],
  ['a line feed behind', '019aa6b0-9c1e-7d3a-8f00-0123456789ab\n'],
  ['nothing', ''],
  ['a number', 42],
  ['a list', ['019aa6b0-9c1e-7d3a-8f00-0123456789ab']],
])('refuses %s', (_what, value) => {
  expect(PatientId.safeParse(value).success).toBe(false);
});

test.each(['', 'C', 'Cardiology', 'cardio logy', '-cardio', 'c', "cardio'--", 'қан'])(
  '%j is no specialty code',
  (code) => {
    expect(SpecialtyCode.safeParse(code).success).toBe(false);
  },
);
