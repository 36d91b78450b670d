import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, it } from 'vitest';
import { clockOf, toneOfClock } from './waiting.ts';
import { byClock, listDone, listRinging, sortWorklist } from './worklist.ts';

const me = 'me' as PractitionerId;
const NOW = Date.parse('2026-11-22T09:00:00.000Z');

function request(id: string, change: Partial<Record<keyof Consultation | 'waited', unknown>> = {}): Consultation {
  const minutes = (count: number) => new Date(NOW - count * 60_000).toISOString();
  const { waited = 1, ...rest } = change as { waited?: number };
  return {
    id,
    status: 'in_triage',
    urgency: 'routine',
    specialty: 'cardiology',
    specialist: null,
    ring: null,
    patient: null,
    observations: [],
    conclusion: null,
    endedAt: null,
    createdAt: minutes(waited),
    statusChangedAt: minutes(waited),
    waiting: {
      phase: 'answer',
      since: minutes(waited),
      pausedAt: null,
      heedAt: minutes(waited - 5),
      dueAt: minutes(waited - 15),
    },
    ...rest,
  } as unknown as Consultation;
}

const ids = (list: readonly Consultation[]) => list.map(({ id }) => id);
const waited = (minutes: number, more = {}) => ({ waited: minutes, ...more });

describe('sortWorklist', () => {
  it('puts each consultation into one section', () => {
    const list = [
      request('rings', { status: 'ringing' }),
      request('mine', { status: 'interrupted', specialist: { id: me } }),
      request('written', { status: 'async_assigned', specialist: { id: me } }),
      request('free'),
      request('rings-others', { status: 'ringing' }),
    ];
    const sorted = sortWorklist(list, me, new Set(['rings' as RequestId]));
    expect([ids(sorted.ringing), ids(sorted.mine), ids(sorted.unanswered)]).toEqual([['rings'], ['mine'], ['free']]);
    expect(ids(sorted.written)).toEqual(['written']);
  });

  it('leaves what has a time to the agenda until it begins', () => {
    const specialist = { id: me };
    const list = ['booked', 'checked_in', 'no_show', 'in_call'].map((status) =>
      request(status, { status, specialist }),
    );
    expect(ids(sortWorklist(list, me, new Set()).mine)).toEqual(['in_call']);
  });

  it('the most urgent first, then who waits longest', () => {
    const list = [
      request('routine-old', waited(40)),
      request('stat-new', waited(1, { urgency: 'stat' })),
      request('asap', waited(3, { urgency: 'asap' })),
      request('stat-old', waited(9, { urgency: 'stat' })),
    ];
    expect(ids(sortWorklist(list, me, new Set()).unanswered)).toEqual(['stat-old', 'stat-new', 'asap', 'routine-old']);
  });

  it('a call of mine that is going on stands before everything', () => {
    const specialist = { id: me };
    const list = [
      request('stat', { status: 'interrupted', urgency: 'stat', specialist }),
      request('live', { status: 'in_call', specialist }),
    ];
    expect(ids(sortWorklist(list, me, new Set()).mine)).toEqual(['live', 'stat']);
  });
});

it('listRinging takes only rings that are for me', () => {
  const ring = (id: string) => ({ practitioners: [{ id }] });
  const list = [
    request('for-me', { status: 'escalated', ring: ring('me') }),
    request('for-others', { status: 'ringing', ring: ring('other') }),
    request('over', { status: 'in_call', ring: ring('me') }),
  ];
  expect(listRinging(list, me)).toEqual(['for-me']);
});

describe('the waiting clock', () => {
  const waiting = {
    phase: 'answer',
    since: '2026-11-22T08:00:00.000Z',
    pausedAt: null,
    heedAt: '2026-11-22T08:05:00.000Z',
    dueAt: '2026-11-22T08:15:00.000Z',
  };

  it.each([
    ['08:00:00', 'quiet'],
    ['08:04:59', 'quiet'],
    ['08:05:00', 'heed'],
    ['08:14:59', 'heed'],
    ['08:15:00', 'act-now'],
  ])('at %s it is %s, by the limits of the server', (time, tone) => {
    const clock = clockOf(request('a', { waiting }));
    expect(toneOfClock(clock, Date.parse(`2026-11-22T${time}.000Z`))).toBe(tone);
  });

  it('stands while the station is asked, however long', () => {
    const paused = { ...waiting, pausedAt: '2026-11-22T08:03:00.000Z' };
    const clock = clockOf(request('a', { status: 'info_requested', waiting: paused }));
    expect(clock).toEqual({ kind: 'paused', since: waiting.since, until: paused.pausedAt });
    expect(toneOfClock(clock, NOW)).toBe('quiet');
  });

  it.each([
    ['in_call', 'talking'],
    ['closed', 'stopped'],
  ] as const)('%s: %s since the state began', (status, kind) => {
    expect(clockOf(request('a', { status, statusChangedAt: 'then', waiting: null }))).toEqual({ kind, since: 'then' });
  });
});

it('byClock puts red clocks first whatever the urgency', () => {
  const list = [
    request('stat', waited(1, { urgency: 'stat' })),
    request('amber', waited(8)),
    request('red', waited(16)),
    request('talks-long', waited(50, { status: 'in_call' })),
  ];
  expect(ids(list.sort((a, b) => byClock(a, b, NOW)))).toEqual(['red', 'amber', 'talks-long', 'stat']);
});

it('listDone tells today by the day in Kazakhstan', () => {
  const done = (id: string, signedAt: string) =>
    request(id, { status: 'closed', specialist: { id: me }, conclusion: { status: 'final', signedAt } });
  // 19:30 UTC is half past midnight of the next day at +05:00.
  const list = [done('before', '2026-11-21T18:30:00.000Z'), done('today', '2026-11-21T19:30:00.000Z'), request('open')];
  const { today, before } = listDone(list, me, new Date(NOW));
  expect([ids(today), ids(before)]).toEqual([['today'], ['before']]);
});
