import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_SUMMARY } from '../patients/patient-summary.ts';
import { type CompletenessFacts, countCategories, judgeCompleteness } from './completeness.ts';
import type { CompletenessContent, ItemRule } from './protocol.contract.ts';

const NOTHING: CompletenessFacts = {
  summary: null,
  vitals: [],
  complaints: '',
  anamnesis: ' ',
  preliminaryCode: undefined,
  files: {},
  dangerCheck: 'open',
  notPossible: {},
};
const label = { kk: 'а', ru: 'б', en: 'c' };
const protocolOf = (...rules: ItemRule[]): CompletenessContent => ({
  items: rules.map((rule, at) => ({ key: `item${at}`, label, rule })),
});
const stateOf = (rule: ItemRule, facts: Partial<CompletenessFacts>) =>
  judgeCompleteness(protocolOf(rule), { ...NOTHING, ...facts }).items[0]?.state;

describe.each<[ItemRule, Partial<CompletenessFacts>, Partial<CompletenessFacts>]>([
  [{ kind: 'patient' }, { summary: EMPTY_SUMMARY }, {}],
  // "None known" is an answer, not having asked is none.
  [
    { kind: 'summary', list: 'allergies' },
    { summary: { ...EMPTY_SUMMARY, allergies: [] } },
    { summary: EMPTY_SUMMARY },
  ],
  [
    { kind: 'vitals', codes: ['systolic', 'diastolic'] },
    { vitals: [{ systolic: 120 }, { diastolic: 80 }] },
    { vitals: [{ systolic: 120, spo2: 98 }] },
  ],
  [{ kind: 'field', field: 'complaints' }, { complaints: 'Бас ауруы' }, { complaints: '  ' }],
  [{ kind: 'field', field: 'preliminaryCode' }, { preliminaryCode: 'I10' }, { preliminaryCode: undefined }],
  [{ kind: 'files', category: 'photo', atLeast: 2 }, { files: { photo: 2 } }, { files: { photo: 1, ecg: 4 } }],
  [{ kind: 'files', category: 'any', atLeast: 2 }, { files: { photo: 1, xray: 1 } }, { files: { ecg: 1 } }],
  [{ kind: 'danger_check' }, { dangerCheck: 'done' }, { dangerCheck: 'open' }],
])('%j', (rule, enough, tooLittle) => {
  test('ready', () => expect(stateOf(rule, enough)).toBe('ready'));
  test('missing', () => expect(stateOf(rule, tooLittle)).toBe('missing'));
  test('not possible, because', () => {
    expect(stateOf(rule, { ...tooLittle, notPossible: { item0: 'Құрал жоқ' } })).toBe('not_possible');
    expect(stateOf(rule, { ...enough, notPossible: { item0: 'Құрал жоқ' } })).toBe('ready');
  });
});

test('danger signs that apply to nobody are no item', () => {
  const { expected } = judgeCompleteness(protocolOf({ kind: 'patient' }, { kind: 'danger_check' }), {
    ...NOTHING,
    dangerCheck: 'not_applicable',
  });
  expect(expected).toBe(1);
});

test('a name that every object has is no reason', () => {
  const content = { items: [{ key: 'constructor', label, rule: { kind: 'patient' } as const }] };
  expect(judgeCompleteness(content, NOTHING).items[0]?.state).toBe('missing');
});

test('knowing more never makes anything less ready', () => {
  const rules = fc.array(
    fc.constantFrom<ItemRule>(
      { kind: 'patient' },
      { kind: 'summary', list: 'medicines' },
      { kind: 'vitals', codes: ['spo2'] },
      { kind: 'field', field: 'anamnesis' },
      { kind: 'files', category: 'ecg', atLeast: 1 },
      { kind: 'danger_check' },
    ),
    { minLength: 1, maxLength: 12 },
  );
  const facts = fc.record<CompletenessFacts>({
    summary: fc.constantFrom(null, EMPTY_SUMMARY, { ...EMPTY_SUMMARY, medicines: [] }),
    vitals: fc.constantFrom([], [{ spo2: 97 }]),
    complaints: fc.constant(''),
    anamnesis: fc.constantFrom('', 'иә'),
    preliminaryCode: fc.constant(undefined),
    files: fc.constantFrom({}, { ecg: 1 }),
    dangerCheck: fc.constantFrom('open' as const, 'done' as const),
    notPossible: fc.constantFrom({}, { item0: 'жоқ' }),
  });
  const everything: CompletenessFacts = {
    ...NOTHING,
    summary: { ...EMPTY_SUMMARY, medicines: [] },
    vitals: [{ spo2: 97 }],
    anamnesis: 'иә',
    files: { ecg: 1 },
    dangerCheck: 'done',
  };
  fc.assert(
    fc.property(rules, facts, (wanted, known) => {
      const judged = judgeCompleteness(protocolOf(...wanted), known);
      expect(judged.ready).toBeLessThanOrEqual(judged.expected);
      expect(judged.expected).toBe(wanted.length);
      expect(judgeCompleteness(protocolOf(...wanted), everything).ready).toBe(wanted.length);
    }),
  );
});

test('files count by what they show, wherever they lie', () => {
  const files = [
    { kind: 'ecg', count: 1 },
    { kind: 'skin', count: 2 },
    { kind: 'throat', count: 1 },
  ] as const;
  expect(countCategories(files)).toEqual({ ecg: 1, photo: 3 });
  const rule: ItemRule = { kind: 'files', category: 'photo', atLeast: 3 };
  expect(stateOf(rule, { files: countCategories(files) })).toBe('ready');
  expect(stateOf(rule, { files: countCategories(files.slice(0, 2)) })).toBe('missing');
});
