import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../auth/auth.contract.ts';
import type { AppointmentId, PractitionerId, SpecialtyCode } from '../kernel/ids.ts';
import { minuteAt } from './local-day.ts';
import { date } from './test-support.ts';
import { fitWaiters, type OpenSlot, treatBy, type Waiter } from './waitlist.ts';

const DAY = 1440;
const now = minuteAt(date('2026-11-23'), 9 * 60);
const slot: OpenSlot = {
  from: now + 2 * DAY,
  to: now + 2 * DAY + 20,
  practitionerId: 'p1' as PractitionerId,
  specialty: 'cardiology' as SpecialtyCode,
  mode: 'video',
  languages: ['kk', 'ru'],
  requiredEquipment: ['ecg'],
};

function waiter(id: string, changes: Partial<Waiter> = {}): Waiter {
  return {
    appointmentId: id as AppointmentId,
    specialty: 'cardiology' as SpecialtyCode,
    mode: 'video',
    urgency: 'routine',
    treatBy: now + 10 * DAY,
    since: now - 4 * DAY,
    language: null,
    partOfDay: 'any',
    avoidWeekdays: [],
    preferredPractitionerId: null,
    declined: 0,
    hasDeclinedThis: false,
    equipment: ['ecg', 'blood_pressure'],
    taken: [],
    ...changes,
  };
}

const order = (...waiters: Waiter[]) =>
  fitWaiters(slot, waiters, now).map(({ appointmentId }) => appointmentId as string);

describe('who fits a free slot', () => {
  it('is not who cannot take it', () => {
    expect(
      order(
        waiter('neurology', { specialty: 'neurology' as SpecialtyCode }),
        waiter('by letter', { mode: 'async' }),
        waiter('no ecg', { equipment: [] }),
        waiter('elsewhere', { taken: [{ from: slot.from + 19, to: slot.from + 40 }] }),
        waiter('said no', { hasDeclinedThis: true }),
        waiter('free just before', { taken: [{ from: slot.from - 20, to: slot.from }] }),
      ),
    ).toEqual(['free just before']);
  });

  it('goes by limit and urgency first', () => {
    expect(
      order(
        waiter('two weeks', { treatBy: now + 14 * DAY }),
        waiter('three days', { treatBy: now + 3 * DAY }),
        waiter('overdue', { treatBy: now - DAY }),
        waiter('urgent, overdue', { treatBy: now - DAY, urgency: 'urgent' }),
        waiter('would be late', { treatBy: now + DAY }),
      ),
    ).toEqual(['urgent, overdue', 'overdue', 'three days', 'would be late', 'two weeks']);
  });

  it('then by language, habit and time of day', () => {
    expect(
      order(
        waiter('afternoon', { partOfDay: 'afternoon' }),
        waiter('speaks english', { language: 'en' }),
        waiter('speaks kazakh', { language: 'kk' }),
        waiter('knows the doctor', { preferredPractitionerId: slot.practitionerId }),
        waiter('morning', { partOfDay: 'morning' }),
      ),
    ).toEqual(['knows the doctor', 'speaks kazakh', 'morning', 'afternoon', 'speaks english']);
  });

  it('puts who cannot come on that weekday behind the others, and says which day it is', () => {
    // The slot is on a Wednesday.
    const waiters = [
      waiter('not on wednesdays', { avoidWeekdays: [3, 5] }),
      waiter('not on fridays', { avoidWeekdays: [5] }),
    ];
    expect(order(...waiters)).toEqual(['not on fridays', 'not on wednesdays']);
    const [, last] = fitWaiters(slot, waiters, now);
    expect(last?.reasons).toContainEqual({ code: 'day_does_not_suit', points: -30, value: 3 });
  });

  it('explains its score to the point', () => {
    const [fit] = fitWaiters(
      slot,
      [waiter('x', { treatBy: now - 2 * DAY, urgency: 'urgent', language: 'kk', declined: 2 })],
      now,
    );
    expect(fit?.reasons.map(({ code, value }) => [code, value])).toEqual([
      ['overdue', 2],
      ['urgency', null],
      ['waiting', 4],
      ['speaks_language', null],
      ['declined_before', 2],
    ]);
    expect(fit?.score).toBe(fit?.reasons.reduce((sum, { points }) => sum + points, 0));
  });

  const anyWaiter = fc
    .record({
      id: fc.uuid(),
      urgency: fc.constantFrom('routine' as const, 'urgent' as const, 'asap' as const),
      treatByDays: fc.integer({ min: -20, max: 30 }),
      sinceDays: fc.integer({ min: 0, max: 60 }),
      language: fc.option(fc.constantFrom<Language>('kk', 'ru', 'en')),
      declined: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ id, treatByDays, sinceDays, ...rest }) =>
      waiter(id, { ...rest, treatBy: now + treatByDays * DAY, since: now - sinceDays * DAY }),
    );

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyWaiter, { selector: (one) => one.appointmentId, maxLength: 12 }), (waiters) => {
        expect(order(...[...waiters].reverse())).toEqual(order(...waiters));
      }),
    );
  });

  it('never puts the more urgent of two equals behind', () => {
    fc.assert(
      fc.property(anyWaiter, (one) => {
        const urgent = { ...one, appointmentId: 'z' as AppointmentId, urgency: 'asap' as const };
        const routine = { ...one, appointmentId: 'a' as AppointmentId, urgency: 'routine' as const };
        expect(order(routine, urgent)).toEqual(['z', 'a']);
      }),
    );
  });
});

describe('the treat-by date', () => {
  it('comes from the urgency, by the rule in force on the day of the request', () => {
    const rules = [
      { urgency: 'routine' as const, hours: 240, effectiveFrom: date('2026-01-01') },
      { urgency: 'routine' as const, hours: 120, effectiveFrom: date('2026-11-23') },
      { urgency: 'routine' as const, hours: 24, effectiveFrom: date('2026-11-24') },
    ];
    expect(treatBy(now, 'routine', rules)).toBe(now + 120 * 60);
    expect(treatBy(now - DAY, 'routine', rules)).toBe(now - DAY + 240 * 60);
    expect(treatBy(now, 'urgent', rules)).toBe(now + 72 * 60);
  });
});
