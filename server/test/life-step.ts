import fc from 'fast-check';
import { RING_SECONDS } from './build-services.ts';

export const PEOPLE = ['cardio', 'cardioTwin', 'cardioBackup', 'neuro'] as const;
const DECISIONS = ['now', 'booked', 'written', 'ask', 'decline', 'redirect'] as const;
export type Person = (typeof PEOPLE)[number];
export type Decision = (typeof DECISIONS)[number];

// Mostly one request and the people who have it, so that lives get somewhere.
const which: fc.Arbitrary<number> = fc.constantFrom(0, 0, 0, 1, 1, 2);
const who = fc.constantFrom(
  'cardio' as const,
  'cardio' as const,
  'cardioTwin' as const,
  'cardioTwin' as const,
  ...PEOPLE,
);
const sorter = fc.constantFrom(...PEOPLE, ...Array<'coordinator'>(5).fill('coordinator'));

/** One step of somebody, legal or not. */
export const step = fc.oneof(
  // Something that fits the state, by whoever may: lives would hardly get anywhere by chance alone.
  { weight: 40, arbitrary: fc.record({ do: fc.constant('next' as const), which, pick: fc.nat(100) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      how: fc.constantFrom('call' as const, 'plan' as const, 'write' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sort' as const),
      who: sorter,
      which,
      decision: fc.constantFrom(...DECISIONS),
      isStale: fc.nat(5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), who: sorter, which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reply' as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('answer' as const, 'decline' as const, 'end' as const, 'save' as const, 'sign' as const),
      who,
      which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('turn' as const),
      who: fc.constantFrom(...PEOPLE, 'coordinator' as const, 'feldsher' as const),
      which,
      into: fc.constantFrom('call' as const, 'written' as const, 'booking' as const, 'triage' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('presence' as const), which, both: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'callAgain' as const, 'callAgain' as const, 'receive' as const),
      which,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('enter' as const, 'enter' as const, 'leave' as const, 'lose' as const),
      who: fc.constantFrom('feldsher' as const, 'feldsher' as const, ...PEOPLE),
      which,
      tab: fc.nat(1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('chat' as const, 'measure' as const),
      who: fc.constantFrom('feldsher' as const, 'feldsher' as const, ...PEOPLE),
      which,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      what: fc.constantFrom('limits' as const, 'ladder' as const, 'noLadder' as const),
      amount: fc.constantFrom(10, 30, 45),
      // Some begin at once, some later, and in the order they come.
      inSeconds: fc.constantFrom(0, 0, 30, 600),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 11, RING_SECONDS, 70, 700) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'tick' as const }) },
);
export type Step = (typeof step extends fc.Arbitrary<infer S> ? S : never) | { do: 'acknowledge'; which: number };
