import { describe, expect, test } from 'vitest';
import { FORGERIES, type Forgery, makeForged, makeHonest } from './consult-maker.ts';
import { type ConsultFacts, type EvidenceRule, FIRST_LIMITS, judge } from './judgement.ts';
import { overlap, type Span, secondsOf, union, without } from './spans.ts';

const judged = (facts: ConsultFacts) => judge(facts, FIRST_LIMITS, '2026-01-01T00:00:00.000Z');
const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);

/** What each forgery is found by. */
const DECLARED: Readonly<Record<Forgery, EvidenceRule>> = {
  'alone in the room': 'together',
  'alone with people who were asked in': 'together',
  'one person on two accounts': 'together',
  'one sign-in on both sides': 'two_people',
  'silent on one side': 'two_way_audio',
  'overlapping another consult': 'one_place',
  'signed before the consult': 'signed_after',
  'signed without a consult': 'together',
  backdated: 'not_backdated',
  'licence expired': 'licence',
};

describe('a thousand of each', () => {
  test('forged consults: every one is refused, by the rule that is declared for it', () => {
    const wrong = seeds(1000)
      .map((seed) => makeForged(seed))
      .filter(({ forgery, facts }) => {
        const { verdict, rules } = judged(facts);
        const found = rules.find(({ rule }) => rule === DECLARED[forgery]);
        return verdict !== 'refused' || found?.outcome !== 'refused';
      });
    expect(wrong).toEqual([]);
    expect(new Set(seeds(1000).map((seed) => makeForged(seed).forgery)).size).toBe(FORGERIES.length);
  });

  test('honest consults on bad links: none is refused, and none needs a look', () => {
    const judgements = seeds(1000).map((seed) => judged(makeHonest(seed)));
    expect(judgements.filter(({ verdict }) => verdict !== 'payable')).toEqual([]);
    expect(judgements.every(({ score }) => score === 100)).toBe(true);
  });

  test.each(FORGERIES)('without its rule, the forgery passes: %s', (forgery) => {
    const forged = seeds(100).map((seed) => makeForged(seed));
    const lenient = forged
      .filter((one) => one.forgery === forgery)
      .map(({ facts }) => judged(facts).rules.filter(({ rule }) => rule !== DECLARED[forgery]));
    const isSeenOtherwise = (rules: (typeof lenient)[number]) => rules.some(({ outcome }) => outcome === 'refused');
    // Some break more than one rule; each rule alone is needed for those that break just it.
    const needed = [
      'one sign-in on both sides',
      'silent on one side',
      'overlapping another consult',
      'backdated',
      'licence expired',
    ];
    const passes = lenient.some((rules) => !isSeenOtherwise(rules));
    expect(needed.includes(forgery) ? passes : lenient.length > 0).toBe(true);
  });
});

describe('rules say what they found', () => {
  const honest = makeHonest(1);
  const outcome = (changes: Partial<ConsultFacts>, rule: EvidenceRule) =>
    judged({ ...honest, ...changes }).rules.find((one) => one.rule === rule);

  test.each<[EvidenceRule, Partial<ConsultFacts>, string]>([
    ['together', { togetherSeconds: 119 }, 'refused'],
    ['together', { togetherSeconds: 120 }, 'met'],
    ['two_way_audio', { twoWayAudioSeconds: 59 }, 'refused'],
    ['two_networks', { hasSharedNetwork: true }, 'flagged'],
    ['one_place', { elsewhereSeconds: 30 }, 'met'],
    ['one_place', { elsewhereSeconds: 31 }, 'refused'],
    ['chart_in_time', { chartSavedAt: (honest.callFrom ?? 0) - 6000 }, 'flagged'],
    ['chart_in_time', { chartSavedAt: null }, 'waiting'],
    ['signed_in_time', { signedAt: (honest.callTo ?? 0) + 86_401_000 }, 'flagged'],
    ['not_backdated', { signatureLoggedAt: null }, 'refused'],
    ['licence', { licence: undefined }, 'unknown'],
    ['acknowledged', { acknowledgedAt: null }, 'waiting'],
    ['patient_confirmed', { isPatientConfirmed: false }, 'flagged'],
    ['together', { mode: 'async', togetherSeconds: 0 }, 'not_asked'],
  ])('%s with %j: %s', (rule, changes, expected) => {
    expect(outcome(changes, rule)?.outcome).toBe(expected);
  });

  test('the worst rule decides', () => {
    const verdict = (changes: Partial<ConsultFacts>) => judged({ ...honest, ...changes }).verdict;
    expect(verdict({ acknowledgedAt: null })).toBe('waiting');
    expect(verdict({ acknowledgedAt: null, hasSharedNetwork: true })).toBe('review');
    expect(verdict({ hasSharedNetwork: true, togetherSeconds: 0 })).toBe('refused');
    expect(judged({ ...honest, togetherSeconds: 0 }).score).toBeLessThan(100);
  });
});

describe('spans', () => {
  const a: Span[] = [
    [0, 10],
    [5, 20],
    [30, 40],
  ];
  test('count each moment once', () => {
    expect(union(a)).toEqual([
      [0, 20],
      [30, 40],
    ]);
    expect(
      secondsOf([
        [0, 1500],
        [1000, 2000],
      ]),
    ).toBe(2);
    expect(
      secondsOf([
        [5, 5],
        [9, 3],
      ]),
    ).toBe(0);
  });
  test('have what is in both, and what is in one alone', () => {
    expect(overlap(a, [[15, 35]])).toEqual([
      [15, 20],
      [30, 35],
    ]);
    expect(without(a, [[5, 32]])).toEqual([
      [0, 5],
      [32, 40],
    ]);
    expect(without(a, [])).toEqual(union(a));
    expect(without(a, a)).toEqual([]);
  });
});
