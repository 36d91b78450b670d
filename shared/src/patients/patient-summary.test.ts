import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ageInDays, ageInMonths, asksPregnancy, isMinor } from './age.ts';
import { allergyLine, conditionLine, PatientSummary, summaryOfWords } from './patient-summary.ts';
import { unionOfSummaries } from './patient-summary-union.ts';

const allergy = (substance: string) => ({ substance, reaction: '', severity: 'unknown' as const });
const list = <T>(entry: fc.Arbitrary<T>) => fc.option(fc.array(entry, { maxLength: 4 }), { nil: null });
const word = fc.constantFrom('Пенициллин', 'пенициллин', 'Йод', 'Ара', 'Шаң');
const anySummary: fc.Arbitrary<PatientSummary> = fc.record({
  allergies: list(fc.record({ substance: word, reaction: word, severity: fc.constantFrom('unknown', 'severe') })),
  conditions: list(fc.record({ code: fc.constantFrom(null, 'I10', 'E11.9'), name: word })),
  medicines: list(fc.record({ name: word, dose: fc.constantFrom('', '5 мг'), frequency: word })),
  representatives: fc.array(fc.record({ name: word, relationship: fc.constantFrom('mother', 'father'), phone: word }), {
    maxLength: 3,
  }),
}) as fc.Arbitrary<PatientSummary>;

describe('words on a card', () => {
  test.each([
    [null, null],
    ['', []],
    ['Пенициллин — бөртпе', [allergy('Пенициллин — бөртпе')]],
  ])('%j', (line, allergies) => {
    const summary = summaryOfWords({ allergies: line, chronicConditions: '' });
    expect(summary.allergies).toEqual(allergies);
    expect(allergyLine(summary.allergies)).toBe(line);
    expect(z.parse(PatientSummary, summary)).toEqual(summary);
  });

  test('lists as one line', () => {
    expect(allergyLine([{ ...allergy('Йод'), reaction: 'ісіну' }, allergy('Ара')])).toBe('Йод — ісіну; Ара');
    expect(
      conditionLine([
        { code: 'I10', name: 'Гипертензия' },
        { code: null, name: 'Астма' },
      ]),
    ).toBe('I10 Гипертензия; Астма');
    expect(conditionLine(null)).toBe('');
  });
});

describe('two cards of one person', () => {
  test('nothing that was known is lost, and it still fits', () => {
    fc.assert(
      fc.property(anySummary, anySummary, (kept, merged) => {
        const both = unionOfSummaries(kept, merged);
        expect(z.safeParse(PatientSummary, both).success).toBe(true);
        for (const name of ['allergies', 'conditions', 'medicines'] as const) {
          expect(both[name] === null).toBe(kept[name] === null && merged[name] === null);
          for (const entry of kept[name] ?? []) expect(both[name]).toContainEqual(entry);
        }
        const folded = (entries: PatientSummary['allergies']) =>
          new Set(entries?.map(({ substance }) => substance.toLowerCase()));
        for (const { substance } of merged.allergies ?? []) {
          expect(folded(both.allergies).has(substance.toLowerCase())).toBe(true);
        }
      }),
    );
  });

  test('with itself it stays as it is', () => {
    fc.assert(
      fc.property(anySummary, (one) => {
        expect(unionOfSummaries(one, one)).toEqual(one);
      }),
    );
  });
});

describe('age', () => {
  test.each([
    ['2026-11-22', '2026-11-22', 0, 0],
    ['2026-09-22', '2026-11-21', 60, 1],
    ['2026-09-22', '2026-11-22', 61, 2],
    ['2024-02-29', '2025-02-28', 365, 11],
    ['2024-02-29', '2025-03-01', 366, 12],
  ])('born %s, on %s', (birthDate, onDate, days, months) => {
    expect(ageInDays(birthDate, onDate)).toBe(days);
    expect(ageInMonths(birthDate, onDate)).toBe(months);
  });

  test('of full age on the eighteenth birthday', () => {
    expect(isMinor('2008-11-23', '2026-11-22')).toBe(true);
    expect(isMinor('2008-11-22', '2026-11-22')).toBe(false);
  });

  test.each([
    ['female', '2016-11-22', true],
    ['female', '2016-11-23', false],
    ['female', '1971-11-23', true],
    ['female', '1971-11-22', false],
    ['male', '1998-01-01', false],
  ])('%s born %s', (sex, birthDate, isAsked) => {
    expect(asksPregnancy({ sex, birthDate }, '2026-11-22')).toBe(isAsked);
  });
});
