import type { PractitionerId, RosterEntryId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import type { RosterTemplate } from '@jaqyn/shared/scheduling/roster';
import type { RosterException } from '@jaqyn/shared/scheduling/roster.contract';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { expect, it } from 'vitest';
import { drawWeek, mondayOf, sessionsOfTemplate } from './week-picture.ts';

const day = (text: string) => text as CalendarDate;
const MONDAY = day('2026-12-14');
const SUNDAY = day('2026-12-20');
const TEMPLATE: RosterTemplate = {
  id: 't' as RosterEntryId,
  practitionerId: 'p' as PractitionerId,
  service: 'cardiology-video' as ServiceCode,
  mode: 'video',
  weekdays: [1, 2, 3, 4, 5],
  startMinute: 6 * 60,
  endMinute: 8 * 60,
  slotMinutes: 20,
  bufferMinutes: 10,
  worksOnHolidays: false,
  rank: null,
  validFrom: MONDAY,
  validTo: null,
};
const HOLIDAY: SpecialDay = {
  day: day('2026-12-16'),
  kind: 'day_off',
  name: { kk: 'Тәуелсіздік күні', ru: 'День Независимости', en: 'Independence Day' },
  isMoved: false,
  worksAs: null,
  isByOrder: false,
  source: '',
  enteredAt: null,
  enteredByName: null,
};
/** Thursday 07:00 to Friday 07:00 in Kazakhstan. */
const LEAVE = {
  id: 'x',
  kind: 'closure',
  startsAt: '2026-12-17T02:00:00.000Z' as Instant,
  endsAt: '2026-12-18T02:00:00.000Z' as Instant,
  reason: 'training',
} as unknown as RosterException;

const sessions = sessionsOfTemplate(TEMPLATE, [LEAVE], [HOLIDAY], MONDAY, SUNDAY);

it('expands a template without holidays and leaves, as the server does', () => {
  expect(sessions.map((session) => [session.day.slice(8), slotsOf(session).length])).toEqual([
    ['14', 4],
    ['15', 4],
    ['17', 2],
    ['18', 2],
  ]);
});

it('draws early hours too, clips leaves to their days and counts slots', () => {
  const picture = drawWeek(MONDAY, sessions, [LEAVE], [HOLIDAY]);
  expect(picture).toMatchObject({ fromHour: 6, toHour: 18, slots: 12 });
  expect(picture.days.map(({ closures }) => closures.map(({ from, to }) => [from, to]))).toEqual([
    [],
    [],
    [],
    [[420, 1440]],
    [[0, 420]],
    [],
    [],
  ]);
  expect(picture.days[2]).toMatchObject({ special: { name: { en: 'Independence Day' } }, blocks: [] });
});

it('finds the Monday of any day', () => {
  expect(['2026-12-14', '2026-12-20', '2028-02-29'].map((date) => mondayOf(day(date)))).toEqual([
    '2026-12-14',
    '2026-12-14',
    '2028-02-28',
  ]);
});
