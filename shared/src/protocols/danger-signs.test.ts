import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMoreUrgent, URGENCIES } from '../consultations/urgency.ts';
import { doesApply, isShownBy, listApplicable, needsOverride, raisedBy } from './danger-signs.ts';
import type { Pregnancy } from './pregnancy.ts';
import type { DangerContent, DangerSign } from './protocol.contract.ts';

const text = { kk: 'а', ru: 'б', en: 'c' };
const applies = (
  fromDays: number,
  toDays: number | null,
  pregnancy: DangerContent['applies']['pregnancy'] = null,
): Pick<DangerContent, 'applies'> => ({ applies: { fromDays, toDays, pregnancy } });
const infant = applies(0, 60);
const child = applies(60, 1826);
const TODAY = '2026-11-22';
const girl = (birthDate: string) => ({ sex: 'female' as const, birthDate });

describe('whom it is asked of', () => {
  test.each([
    ['2026-11-22', true, false],
    ['2026-09-24', true, false],
    ['2026-09-23', false, true],
    ['2021-11-23', false, true],
    ['2021-11-22', false, false],
    // A birth date to come is a typing error, and nothing is asked.
    ['2026-11-23', false, false],
  ])('born %s', (birthDate, isInfant, isChild) => {
    expect(doesApply(infant, girl(birthDate), 'not_asked', TODAY)).toBe(isInfant);
    expect(doesApply(child, girl(birthDate), 'not_asked', TODAY)).toBe(isChild);
  });

  test.each<[Pregnancy, boolean]>([
    ['pregnant', true],
    ['postpartum', false],
    ['no', false],
    ['unknown', false],
    ['not_asked', false],
  ])('pregnancy %s', (pregnancy, isAsked) => {
    const mother = applies(3650, null, 'pregnant');
    expect(doesApply(mother, girl('1998-02-03'), pregnancy, TODAY)).toBe(isAsked);
    expect(doesApply(mother, { sex: 'male', birthDate: '1998-02-03' }, pregnancy, TODAY)).toBe(false);
  });

  test('nobody is named: nothing is asked', () => {
    const protocol = { content: { ...infant, title: text, signs: [] } };
    expect(listApplicable([protocol], null, 'pregnant', TODAY)).toEqual([]);
  });

  test('bands without a gap ask every child exactly once', () => {
    const bands = [infant, child, applies(1826, 6574)].map((band) => ({
      content: { ...band, title: text, signs: [] },
    }));
    fc.assert(
      fc.property(fc.nat(6573), (days) => {
        const birthDate = new Date(Date.parse(TODAY) - days * 86_400_000).toISOString().slice(0, 10);
        expect(listApplicable(bands, girl(birthDate), 'not_asked', TODAY)).toHaveLength(1);
      }),
    );
  });
});

describe('what is found', () => {
  const fast: DangerSign = {
    key: 'fast',
    text,
    raisesTo: 'asap',
    vital: { code: 'respiratoryRate', is: 'at_least', value: 60 },
  };
  const cold: DangerSign = {
    key: 'cold',
    text,
    raisesTo: 'stat',
    vital: { code: 'temperature', is: 'at_most', value: 35.4 },
  };

  test('measured values show signs, at the edge too', () => {
    expect(isShownBy(fast, { respiratoryRate: 60 })).toBe(true);
    expect(isShownBy(fast, { respiratoryRate: 59 })).toBe(false);
    expect(isShownBy(cold, { temperature: 35.4 })).toBe(true);
    expect(isShownBy(cold, { temperature: 35.5 })).toBe(false);
    expect(isShownBy(fast, {})).toBe(false);
    expect(isShownBy({ ...fast, vital: undefined }, { respiratoryRate: 90 })).toBe(false);
  });

  test('the most urgent sign counts, and one more sign never lowers it', () => {
    const urgency = fc.constantFrom('urgent' as const, 'asap' as const, 'stat' as const);
    fc.assert(
      fc.property(fc.array(urgency), urgency, (levels, more) => {
        const signs = levels.map((raisesTo) => ({ raisesTo }));
        const before = raisedBy(signs);
        const after = raisedBy([...signs, { raisesTo: more }]);
        expect(after).toBeDefined();
        expect(before !== undefined && after !== undefined && isMoreUrgent(before, after)).toBe(false);
        expect(after === more || after === before).toBe(true);
      }),
    );
    expect(raisedBy([])).toBeUndefined();
  });

  test('less urgent than the signs ask for needs a reason, anything else does not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...URGENCIES), fc.constantFrom(undefined, ...URGENCIES), (chosen, raisedTo) => {
        const isLower = raisedTo !== undefined && URGENCIES.indexOf(chosen) < URGENCIES.indexOf(raisedTo);
        expect(needsOverride(chosen, raisedTo)).toBe(isLower);
      }),
    );
  });
});
