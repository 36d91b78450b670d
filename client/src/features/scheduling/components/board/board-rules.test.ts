import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../test-support.ts';
import { homeDate, shownDays, spanOfView, stepDate } from './board-days.ts';
import type { BoardCell } from './board-model.ts';
import { listBoardNews } from './board-news.ts';
import { BoardSearch } from './board-search.ts';
import { anAppointmentAt, MONDAY } from './board-test-support.ts';
import { figureOf } from './cell-words.ts';
import { isConcerned } from './concerned-queries.ts';
import { hourMarks, placeOn, timelineOf, widthOf } from './timeline.ts';
import { searchWaitlist } from './waitlist-search.ts';

describe('the days of a view', () => {
  it('begin a week on Monday, also over the end of a year and for a Sunday', () => {
    expect(spanOfView('week', calendarDate('2026-11-22'))).toEqual({ from: '2026-11-16', days: 7 });
    expect(spanOfView('week', calendarDate('2027-01-01')).from).toBe('2026-12-28');
    expect(stepDate('week', MONDAY, -1)).toBe('2026-11-16');
    expect(stepDate('day', calendarDate('2028-02-28'), 1)).toBe('2028-02-29');
  });

  it('open on the coming week on a Sunday; a day is always today', () => {
    const sunday = calendarDate('2026-11-22');
    expect(homeDate('week', sunday)).toBe(MONDAY);
    expect(homeDate('day', sunday)).toBe(sunday);
    expect(homeDate('week', calendarDate('2026-11-21'))).toBe('2026-11-21');
  });

  it('leave Saturday and Sunday out unless somebody works then', () => {
    expect(shownDays('week', MONDAY, new Set())).toHaveLength(5);
    expect(shownDays('week', MONDAY, new Set(['2026-11-28']))).toHaveLength(6);
    expect(shownDays('day', calendarDate('2026-11-22'), new Set())).toEqual(['2026-11-22']);
  });
});

describe('the scale of a day', () => {
  it('never draws a slot narrower than 24 px, nor over its neighbour', () => {
    for (const slot of [10, 15, 20, 60]) {
      for (const zoom of [1, 2, 3] as const) {
        const timeline = timelineOf({ from: 540, to: 1080 }, { shortestMinutes: slot, room: 300, zoom });
        const first = placeOn(timeline, { from: 540, to: 540 + slot });
        const second = placeOn(timeline, { from: 540 + slot, to: 540 + 2 * slot });
        expect(first.width).toBeGreaterThanOrEqual(24);
        expect(first.left + first.width).toBeLessThanOrEqual(second.left);
        expect(second.left + second.width).toBeLessThanOrEqual(widthOf(timeline));
      }
    }
  });

  it('fills the room there is and no more', () => {
    const wide = timelineOf({ from: 540, to: 780 }, { shortestMinutes: 20, room: 1000, zoom: 1 });
    expect(widthOf(wide)).toBeGreaterThan(990);
    expect(widthOf(wide)).toBeLessThanOrEqual(1000);
  });

  it('marks whole hours', () => {
    expect(hourMarks(timelineOf({ from: 540, to: 720 }, { shortestMinutes: 20, room: 0, zoom: 1 }))).toEqual([
      540, 600, 660,
    ]);
  });
});

describe('an address of the board', () => {
  it('keeps what makes sense and drops the rest', () => {
    const search = BoardSearch.parse({ view: 'day', date: '2026-02-30', zoom: 7, q: 123, specialty: 'cardiology' });
    expect(search).toMatchObject({ view: 'day', q: '123', specialty: 'cardiology' });
    expect(search.date).toBeUndefined();
    expect(search.zoom).toBeUndefined();
    expect(BoardSearch.parse({})).toMatchObject({});
  });
});

describe('news', () => {
  const one = anAppointmentAt('1', 'p', '09:00');
  const own = new Map<string, number>();

  it('tells what others booked, moved and took away', () => {
    const moved = { ...anAppointmentAt('1', 'p', '09:20'), version: 2 };
    const came = anAppointmentAt('2', 'p', '09:40');
    expect(listBoardNews([one], [moved, came], own).map(({ kind }) => kind)).toEqual(['moved', 'came']);
    expect(listBoardNews([one], [], own).map(({ kind }) => kind)).toEqual(['went']);
    expect(listBoardNews([one], [one], own)).toEqual([]);
  });

  it('leaves out what this page did itself, until others change it again', () => {
    const moved = { ...one, version: 2, startsAt: null };
    expect(listBoardNews([one], [moved], new Map([['1', 2]]))).toEqual([]);
    expect(listBoardNews([one], [], new Map([['1', 2]]))).toEqual([]);
    expect(listBoardNews([moved], [{ ...moved, version: 3 }], new Map([['1', 2]]))).toHaveLength(1);
  });
});

describe('a change of the schedule', () => {
  const week = ['schedule', 'board', { from: '2026-11-23', days: 7 }];

  it('concerns the boards that show its days, every board when it names none, and other questions', () => {
    expect(isConcerned(week, [calendarDate('2026-11-29')])).toBe(true);
    expect(isConcerned(week, [calendarDate('2026-11-30')])).toBe(false);
    expect(isConcerned(week, [])).toBe(true);
    const list = ['schedule', 'day-of-all', '2026-11-23', {}];
    expect(isConcerned(list, [calendarDate('2026-11-23')])).toBe(true);
    expect(isConcerned(list, [calendarDate('2026-11-24')])).toBe(false);
    expect(isConcerned(list, [])).toBe(true);
    expect(isConcerned(['schedule', 'fits', 'p'], [calendarDate('2026-11-30')])).toBe(true);
    expect(isConcerned(['consultations'], [])).toBe(false);
  });
});

it('finds waiters by parts of the name, the number and the station in any order', () => {
  const entry = { appointment: anAppointmentAt('1', 'p', '09:00') } as Parameters<typeof searchWaitlist>[0][number];
  expect(searchWaitlist([entry], 'әбді 000001')).toHaveLength(1);
  expect(searchWaitlist([entry], '  ')).toHaveLength(1);
  expect(searchWaitlist([entry], 'Қасым')).toHaveLength(0);
});

it('says in the corner of a slot who else is in it', () => {
  const one = anAppointmentAt('1', 'p', '09:00');
  const [lead] = one.practitioners;
  if (lead === undefined) throw new Error('nobody');
  const slot = (appointments: readonly (typeof one)[]) =>
    figureOf({ appointments, batch: null } as unknown as BoardCell);
  expect([slot([]), slot([one]), slot([one, one])]).toEqual([null, null, '2']);
  expect(slot([{ ...one, practitioners: [lead, lead] }])).toBe('+1');
});
