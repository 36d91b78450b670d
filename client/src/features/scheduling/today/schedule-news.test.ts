import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, it } from 'vitest';
import { anAppointment, calendarDate, instant } from '../test-support.ts';
import { findNews, listVanished, remember, toSeen } from './schedule-news.ts';

const today = calendarDate('2026-11-22');
const before = anAppointment();
const seen = { a: toSeen(before) };
const later = instant('2026-11-22T11:00:00.000Z');

describe('news', () => {
  it('tells a move with the old time, once, until it was read', () => {
    const moved = anAppointment({ version: 2, startsAt: later });
    const news = findNews(seen, [moved]);
    expect(news).toMatchObject([{ kind: 'moved', before: before.startsAt }]);
    // Not read yet: it is news at the next look too.
    const kept = remember(seen, [moved], news, today);
    expect(findNews(kept, [moved])).toHaveLength(1);
    // Read.
    expect(findNews(remember(kept, [moved], [], today), [moved])).toEqual([]);
  });

  it('tells a cancellation, another specialist and the way back to the waiting list', () => {
    const other = [{ id: 'e' as PractitionerId, displayName: 'Ли' }];
    const kinds = [
      anAppointment({ version: 2, status: 'cancelled' }),
      anAppointment({ version: 2, practitioners: other }),
      anAppointment({ version: 2, status: 'waitlist', startsAt: null, practitioners: [] }),
    ].map((changed) => findNews(seen, [changed])[0]?.kind);
    expect(kinds).toEqual(['cancelled', 'other_specialist', 'put_back']);
  });

  it('tells nothing of a first look, of an own change, or of the day going its way', () => {
    const moved = anAppointment({ version: 2, startsAt: later });
    expect(findNews({}, [moved])).toEqual([]);
    expect(findNews(seen, [moved], new Map([['a', 2]]))).toEqual([]);
    expect(findNews(seen, [anAppointment({ version: 2, status: 'arrived' })])).toEqual([]);
    expect(findNews(seen, [anAppointment({ version: 3, status: 'fulfilled' })])).toEqual([]);
  });

  it('tells a change of others that came after an own one', () => {
    const moved = anAppointment({ version: 3, startsAt: later });
    expect(findNews(seen, [moved], new Map([['a', 2]]))).toHaveLength(1);
  });
});

it('tells a waiter who was booked, also for a day that was not looked at', () => {
  const waiting = anAppointment({ status: 'waitlist', startsAt: null, practitioners: [] });
  const memory = { a: toSeen(waiting) };
  expect(listVanished(memory, [], today, [today])).toEqual(['a']);
  expect(findNews(memory, [anAppointment({ version: 2 })])).toMatchObject([{ kind: 'booked', before: null }]);
  // Withdrawn: told, and then forgotten.
  const gone = anAppointment({ version: 2, status: 'cancelled', startsAt: null });
  expect(findNews(memory, [gone])).toMatchObject([{ kind: 'cancelled' }]);
  expect(remember(remember(memory, [gone], [], today), [], [], today)).toEqual({});
});

describe('memory', () => {
  it('forgets days that are over, and nothing that was not read', () => {
    const yesterday = { ...toSeen(before), startsAt: instant('2026-11-21T10:00:00.000Z') };
    const memory = { old: yesterday, unread: yesterday };
    const unread = { kind: 'cancelled', appointment: anAppointment({ id: 'unread' as never }), before: null } as const;
    expect(Object.keys(remember(memory, [], [unread], today))).toEqual(['unread']);
  });

  it('asks for what should be in a list that was looked at, and is not', () => {
    const memory = {
      a: toSeen(before),
      tomorrow: { ...toSeen(before), startsAt: instant('2026-11-23T10:00:00.000Z') },
    };
    expect(listVanished(memory, [], today, [today])).toEqual(['a']);
    expect(listVanished(memory, [before], today, [today])).toEqual([]);
    // At 23:59 of the same day it still is.
    expect(listVanished({ a: { ...toSeen(before), status: 'fulfilled' } }, [], today, [today])).toEqual([]);
  });
});
