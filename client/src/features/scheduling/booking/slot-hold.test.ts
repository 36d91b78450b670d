import type { Instant } from '@jaqyn/shared/kernel/time';
import { expect, it } from 'vitest';
import { holdPhase } from './slot-hold.ts';

const at = (text: string) => text as Instant;
const seconds = (text: string) => Date.parse(text) / 1000;
const hold = { startsAt: at('2026-11-23T05:00:00.000Z'), expiresAt: at('2026-11-22T06:02:00.000Z') };

it('counts down to the server’s expiry and asks for attention at the end', () => {
  expect(holdPhase(hold, seconds('2026-11-22T06:00:00.000Z'))).toEqual({
    kind: 'held',
    secondsLeft: 120,
    isShort: false,
  });
  expect(holdPhase(hold, seconds('2026-11-22T06:01:30.000Z'))).toMatchObject({ secondsLeft: 30, isShort: true });
});

it('is over at its expiry, not a second later', () => {
  expect(holdPhase(hold, seconds('2026-11-22T06:01:59.000Z')).kind).toBe('held');
  expect(holdPhase(hold, seconds('2026-11-22T06:02:00.000Z')).kind).toBe('expired');
});

it('says that the slot has begun before it says that the hold is over', () => {
  expect(holdPhase(hold, seconds('2026-11-23T05:00:00.000Z')).kind).toBe('begun');
});
