import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Affected } from '@jaqyn/shared/scheduling/roster.contract';
import { describe, expect, it } from 'vitest';
import { applySuggestions, choiceOf, choose, isComplete, judge, NO_CHOICES } from './decisions.ts';

const at = (hour: number) => `2026-11-23T0${hour}:00:00.000Z` as Instant;
const P = 'p' as PractitionerId;
function affected(id: string, suggestedAt: Instant | null, version = 1): Affected {
  return {
    appointment: { id: id as AppointmentId, version } as Affected['appointment'],
    suggestion: suggestedAt === null ? null : { practitionerId: P, startsAt: suggestedAt },
  };
}

describe('decisions', () => {
  const [a, b, c] = [affected('a', at(4)), affected('b', at(5)), affected('c', null)];

  it('are complete only when each patient has one', () => {
    const some = applySuggestions(NO_CHOICES, [a, b, c]);
    expect(judge(some, [a, b, c])).toMatchObject({ undecided: ['c'], changed: [], twice: [] });
    expect(isComplete(judge(some, [a, b, c]))).toBe(false);
    const all = choose(some, c, { kind: 'put_back' });
    expect(isComplete(judge(all, [a, b, c]))).toBe(true);
    expect(judge(all, [a, b, c]).decisions).toEqual([
      { appointmentId: 'a', version: 1, decision: { kind: 'move', practitionerId: 'p', startsAt: at(4) } },
      { appointmentId: 'b', version: 1, decision: { kind: 'move', practitionerId: 'p', startsAt: at(5) } },
      { appointmentId: 'c', version: 1, decision: { kind: 'put_back' } },
    ]);
  });

  it('are asked for again when the appointment was changed since', () => {
    const made = choose(NO_CHOICES, a, { kind: 'keep' });
    const newer = affected('a', at(4), 2);
    expect(judge(made, [newer])).toMatchObject({ decisions: [], changed: ['a'] });
    expect(isComplete(judge(made, [newer]))).toBe(false);
    expect(choiceOf(made, newer)).toBeUndefined();
    expect(choiceOf(made, a)).toEqual({ kind: 'keep' });
  });

  it('do not put two patients on one slot', () => {
    const made = choose(applySuggestions(NO_CHOICES, [a]), b, { kind: 'move', practitionerId: P, startsAt: at(4) });
    expect(judge(made, [a, b]).twice).toEqual(['b']);
    expect(isComplete(judge(made, [a, b]))).toBe(false);
  });

  it('of patients who are no longer concerned are not sent', () => {
    const made = choose(choose(NO_CHOICES, a, { kind: 'keep' }), b, { kind: 'keep' });
    expect(judge(made, [a]).decisions.map(({ appointmentId }) => appointmentId)).toEqual(['a']);
  });
});
