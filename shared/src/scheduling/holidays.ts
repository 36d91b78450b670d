/**
 * Days off by law in Kazakhstan: the Law on Holidays (2001-12-13 No. 267) and article 85 of the Labour Code.
 * National and state holidays that fall on a Saturday or Sunday move to the next working day; Orthodox Christmas and the first day
 * of Kurban ait are days off that do not move. The Government may move days of rest by an order of its own: those are data
 * (`DayOrder`), entered when they are published, and they win over the law.
 */
import type { LocalText } from '../auth/auth.contract.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { addDays, weekdayOf } from './local-day.ts';

interface Holiday {
  /** `MM-DD`. */
  readonly date: string;
  readonly name: LocalText;
  /** First and last year it is kept. */
  readonly since?: number;
  readonly until?: number;
  readonly isMoved: boolean;
}

const named = (kk: string, ru: string, en: string): LocalText => ({ kk, ru, en });
const NEW_YEAR = named('Жаңа жыл', 'Новый год', "New Year's Day");
const NAURYZ = named('Наурыз мейрамы', 'Наурыз мейрамы', 'Nauryz');
const CONSTITUTION = named('Конституция күні', 'День Конституции', 'Constitution Day');
const KURBAN_AIT = named('Құрбан айт', 'Курбан-айт', 'Kurban Ait');

const LAW: readonly Holiday[] = [
  { date: '01-01', name: NEW_YEAR, isMoved: true },
  { date: '01-02', name: NEW_YEAR, isMoved: true },
  { date: '01-07', name: named('Рождество', 'Рождество', 'Orthodox Christmas'), isMoved: false },
  {
    date: '03-08',
    name: named('Халықаралық әйелдер күні', 'Международный женский день', "International Women's Day"),
    isMoved: true,
  },
  // The day of the referendum of 2026-03-15, kept from the next year on; the constitution of 1995 had 30 August.
  { date: '03-15', name: CONSTITUTION, since: 2027, isMoved: true },
  { date: '03-21', name: NAURYZ, isMoved: true },
  { date: '03-22', name: NAURYZ, isMoved: true },
  { date: '03-23', name: NAURYZ, isMoved: true },
  {
    date: '05-01',
    name: named('Қазақстан халқының бірлігі мерекесі', 'Праздник единства народа Казахстана', 'Unity Day'),
    isMoved: true,
  },
  {
    date: '05-07',
    name: named('Отан қорғаушы күні', 'День защитника Отечества', 'Defender of the Fatherland Day'),
    isMoved: true,
  },
  { date: '05-09', name: named('Жеңіс күні', 'День Победы', 'Victory Day'), isMoved: true },
  { date: '07-06', name: named('Астана күні', 'День столицы', 'Capital Day'), isMoved: true },
  { date: '08-30', name: CONSTITUTION, until: 2025, isMoved: true },
  { date: '10-25', name: named('Республика күні', 'День Республики', 'Republic Day'), since: 2022, isMoved: true },
  { date: '12-16', name: named('Тәуелсіздік күні', 'День Независимости', 'Independence Day'), isMoved: true },
  {
    date: '12-17',
    name: named('Тәуелсіздік күні', 'День Независимости', 'Independence Day'),
    until: 2021,
    isMoved: true,
  },
];

/**
 * First days of Kurban ait as far as they are announced or computed. The Spiritual Administration of Muslims announces each year's;
 * where it differs, a `DayOrder` says so.
 */
const KURBAN_AIT_DAYS: readonly string[] = [
  '2024-06-16',
  '2025-06-06',
  '2026-05-27',
  '2027-05-16',
  '2028-05-05',
  '2029-04-24',
  '2030-04-13',
  '2031-04-02',
];

/** One day as an order of the Government (or an announcement) changes it. */
export interface DayOrder {
  readonly day: CalendarDate;
  readonly kind: 'day_off' | 'working_day';
  /** Which weekday's templates apply on a working day that was moved here, 1 to 7; null: the day's own. */
  readonly worksAs: number | null;
  readonly name: LocalText;
}

/** What the calendar says of a day. Ordinary days, Sundays too, are for the templates to judge. */
export type CalendarDay =
  | { readonly kind: 'ordinary' }
  /** `isMoved`: a day of rest for a holiday that fell on a weekend. */
  | { readonly kind: 'day_off'; readonly name: LocalText; readonly isMoved: boolean }
  | { readonly kind: 'working_day'; readonly name: LocalText; readonly worksAs: number | null };

export interface WorkCalendar {
  dayKind(day: CalendarDate): CalendarDay;
}

const ORDINARY: CalendarDay = { kind: 'ordinary' };

/** The calendar of the law with the orders on top. Pure; years are worked out when first asked for. */
export function createWorkCalendar(orders: readonly DayOrder[]): WorkCalendar {
  const byDay = new Map(orders.map((order) => [order.day, order]));
  const years = new Map<number, ReadonlyMap<CalendarDate, CalendarDay>>();
  return {
    dayKind(day) {
      const order = byDay.get(day);
      if (order?.kind === 'day_off') return { kind: 'day_off', name: order.name, isMoved: false };
      if (order !== undefined) return { kind: 'working_day', name: order.name, worksAs: order.worksAs };
      const year = Number(day.slice(0, 4));
      let daysOff = years.get(year);
      if (daysOff === undefined) {
        daysOff = daysOffByLaw(year);
        years.set(year, daysOff);
      }
      return daysOff.get(day) ?? ORDINARY;
    },
  };
}

/** Every day off of a year by the law alone. No holiday lies close enough to the turn of the year to move across it. */
function daysOffByLaw(year: number): ReadonlyMap<CalendarDate, CalendarDay> {
  const kept = LAW.filter(({ since = 0, until = 9999 }) => since <= year && year <= until);
  const days = new Map<CalendarDate, CalendarDay>();
  for (const { date, name } of kept) {
    days.set(`${year}-${date}` as CalendarDate, { kind: 'day_off', name, isMoved: false });
  }
  for (const day of KURBAN_AIT_DAYS) {
    if (Number(day.slice(0, 4)) !== year || days.has(day as CalendarDate)) continue;
    days.set(day as CalendarDate, { kind: 'day_off', name: KURBAN_AIT, isMoved: false });
  }
  for (const { date, name, isMoved } of kept) {
    const day = `${year}-${date}` as CalendarDate;
    if (!isMoved || weekdayOf(day) < 6) continue;
    let next = addDays(day, 1);
    while (weekdayOf(next) >= 6 || days.has(next)) next = addDays(next, 1);
    days.set(next, { kind: 'day_off', name, isMoved: true });
  }
  return days;
}
