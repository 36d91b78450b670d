import type { DayListEntry } from '@jaqyn/shared/scheduling/board.contract';
import { expect, it } from 'vitest';
import { anAppointment, calendarDate, instant } from '../test-support.ts';
import { firstShown, needsTime, orderDay, punctuality } from './day-order.ts';

const at = (text: string) => Date.parse(text) / 1000;
const entry = (changes: Parameters<typeof anAppointment>[0]): DayListEntry => ({
  appointment: anAppointment(changes),
  missing: [],
  next: [],
});

it('says how long until, and from when it is late', () => {
  const appointment = anAppointment();
  const kinds = ['09:00:00', '09:44:59', '09:45:00', '09:59:01', '10:00:00', '10:04:59', '10:05:00'].map((time) =>
    punctuality(appointment, at(`2026-11-22T${time}.000Z`)),
  );
  expect(kinds).toEqual([
    { kind: 'later', minutes: 60 },
    { kind: 'later', minutes: 16 },
    { kind: 'soon', minutes: 15 },
    { kind: 'soon', minutes: 1 },
    { kind: 'due' },
    { kind: 'due' },
    { kind: 'late', minutes: 5 },
  ]);
});

it('expects nobody who talks, has met, was missed or has no time', () => {
  const now = at('2026-11-22T10:30:00.000Z');
  for (const changes of [
    { status: 'checked-in', requestStatus: 'in_call' },
    { status: 'fulfilled' },
    { status: 'noshow' },
    { status: 'waitlist', startsAt: null },
  ] as const) {
    expect(punctuality(anAppointment(changes), now)).toEqual({ kind: 'none' });
  }
});

it('puts a talk that goes on first, then the earliest that is expected', () => {
  const [met, first, talk] = [
    entry({ id: 'met' as never, status: 'fulfilled' }),
    entry({ id: 'first' as never }),
    entry({
      id: 'talk' as never,
      status: 'checked-in',
      requestStatus: 'in_call',
      startsAt: instant('2026-11-22T11:00:00.000Z'),
    }),
  ];
  expect(orderDay([met, first, talk])).toEqual({ next: talk, ahead: [first], past: [met] });
  expect(orderDay([met, first])).toEqual({ next: first, ahead: [], past: [met] });
  expect(orderDay([])).toEqual({ next: undefined, ahead: [], past: [] });
});

it('does not call an offer next while somebody is expected', () => {
  const offer = entry({ id: 'offer' as never, status: 'proposed' });
  const first = entry({ id: 'first' as never });
  expect(orderDay([offer, first]).next).toBe(first);
  expect(orderDay([offer]).next).toBe(offer);
});

it('asks for another time only where one was missed and not booked again', () => {
  const other = anAppointment({ id: 'other' as never });
  expect(needsTime(entry({ status: 'noshow' }))).toBe(true);
  expect(needsTime(entry({ status: 'noshow', replacedById: other.id }))).toBe(false);
  expect(needsTime(entry({ status: 'cancelled' }))).toBe(false);
});

it('shows the days to come from a Sunday on, and the calendar week of another day', () => {
  const sunday = calendarDate('2026-11-22');
  expect(firstShown(sunday, sunday)).toBe(sunday);
  expect(firstShown(calendarDate('2026-11-28'), sunday)).toBe(sunday);
  expect(firstShown(calendarDate('2026-11-29'), sunday)).toBe('2026-11-23');
  expect(firstShown(calendarDate('2026-11-21'), sunday)).toBe('2026-11-16');
});
