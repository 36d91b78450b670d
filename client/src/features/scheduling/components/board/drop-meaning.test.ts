import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { fromMinute } from '@jaqyn/shared/scheduling/local-day';
import { describe, expect, it } from 'vitest';
import { buildBoard } from './board-model.ts';
import { aBoard, anAppointmentAt, aRow, aSession, at } from './board-test-support.ts';
import { canPickUp, meaningOf, verdictOf } from './drop-meaning.ts';

const NOW = at('08:00');
const booked = anAppointmentAt('1', 'p', '09:00');
const waiting = {
  ...booked,
  id: 'w' as typeof booked.id,
  status: 'waitlist' as const,
  startsAt: null,
  practitioners: [],
};

function cells(
  now = NOW,
  appointments = [booked],
  closed: { startsAt: typeof booked.treatBy; endsAt: typeof booked.treatBy }[] = [],
) {
  const board = aBoard([aRow('p', [aSession('p', { closed })])], { appointments });
  const all = buildBoard(board, now)[0]?.lines[0]?.cells ?? [];
  return { taken: all[0]!, next: all[1]!, last: all[2]! };
}

describe('a drop', () => {
  it('books what waits and moves what has a slot', () => {
    const { next } = cells();
    expect(meaningOf(waiting, next, NOW)).toEqual({
      kind: 'book',
      target: { practitionerId: 'p', startsAt: fromMinute(at('09:20')) },
    });
    expect(meaningOf(booked, next, NOW)).toMatchObject({ kind: 'move' });
  });

  it('on its own place changes nothing', () => {
    expect(meaningOf(booked, cells().taken, NOW)).toEqual({ kind: 'same' });
  });

  it('is refused at once for what the page knows: past, closed, another specialty', () => {
    const codes = (meaning: ReturnType<typeof meaningOf>) =>
      meaning.kind === 'refused' ? meaning.conflicts.map(({ code }) => code) : meaning.kind;
    expect(codes(meaningOf(booked, cells(at('09:30')).next, at('09:30')))).toContain('in_the_past');
    // Drawn while it was still to come.
    expect(codes(meaningOf(booked, cells().next, at('09:30')))).toEqual(['in_the_past']);
    const leave = [{ startsAt: fromMinute(at('09:20')), endsAt: fromMinute(at('10:00')) }];
    expect(codes(meaningOf(booked, cells(NOW, [booked], leave).next, NOW))).toEqual(['on_leave']);
    expect(codes(meaningOf({ ...waiting, specialty: 'neurology' as SpecialtyCode }, cells().next, NOW))).toEqual([
      'specialty_differs',
    ]);
  });

  it('is refused where somebody else is just booking, and says until when', () => {
    const expiresAt = fromMinute(at('08:02'));
    const cell = { ...cells().next, kind: 'held', hold: { expiresAt } } as ReturnType<typeof cells>['next'];
    expect(meaningOf(waiting, cell, NOW)).toMatchObject({
      kind: 'refused',
      conflicts: [{ code: 'slot_taken', heldUntil: expiresAt }],
    });
  });

  it('on somebody booked is left to the server, which knows whether one more is allowed', () => {
    expect(meaningOf(waiting, cells().taken, NOW).kind).toBe('book');
  });
});

it('is sent only where nothing stands against it, or a person has read what does', () => {
  const warning = { code: 'after_treat_by', severity: 'warns' } as const;
  const refusal = { code: 'patient_busy', severity: 'refuses' } as const;
  expect([verdictOf([]), verdictOf([warning]), verdictOf([warning, refusal])]).toEqual([
    'possible',
    'warned',
    'refused',
  ]);
});

it('lifts what waits or may be moved, and leaves what is offered, done or over', () => {
  const movable = (['waitlist', 'booked', 'pending', 'arrived', 'checked-in'] as const).map((status) =>
    canPickUp({ status }),
  );
  const fixed = (['proposed', 'fulfilled', 'noshow', 'cancelled'] as const).map((status) => canPickUp({ status }));
  expect(movable).toEqual([true, true, true, true, true]);
  expect(fixed).toEqual([false, false, false, false]);
});
