import type { PractitionerId, RosterEntryId } from '../../../shared/src/kernel/ids.ts';
import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import { sessionsOfDay } from '../../../shared/src/scheduling/expand.ts';
import { createWorkCalendar, type DayOrder } from '../../../shared/src/scheduling/holidays.ts';
import {
  dayOf,
  minuteAt,
  minuteOfDay,
  type Span,
  spanOfDay,
  toMinute,
  weekdayOf,
} from '../../../shared/src/scheduling/local-day.ts';
import type {
  Closure,
  ClosureReason,
  ExtraSession,
  Roster,
  RosterTemplate,
} from '../../../shared/src/scheduling/roster.ts';
import { batchService, SERVICES, videoService } from '../content/services.ts';
import type { Specialty } from '../content/specialties.ts';
import { addDays, DEMO_EPOCH, demoId } from '../demo-id.ts';
import type { SpecialistPlan } from './staff.ts';

/** How long ago the templates began: long before any appointment of the demo. */
export const TEMPLATE_AGE_DAYS = 60;

/** Who has a roster, and what is in it. */
export interface PlannedRoster extends Roster {
  readonly specialist: SpecialistPlan;
}

export interface PlannedClosure extends Closure {
  readonly practitionerId: PractitionerId;
  readonly substitution: { readonly by: PractitionerId; readonly extras: readonly ExtraSession[] } | undefined;
}

export interface PlannedRosters {
  readonly rosters: readonly PlannedRoster[];
  readonly closures: readonly PlannedClosure[];
  /** Extra work of the day itself. */
  readonly extras: readonly (ExtraSession & { readonly practitionerId: PractitionerId })[];
  readonly orders: readonly (DayOrder & { readonly source: string })[];
}

/** Days and hours by turns, so that a board of forty has early and late, full and thin weeks. */
const WEEKS: readonly (readonly number[])[] = [
  [1, 3, 5],
  [2, 4],
  [1, 2, 4],
  [3, 5],
  [1, 4],
  [2, 3, 5],
  [1, 5],
  [2, 3],
];
const WINDOWS: readonly (readonly [from: number, to: number])[] = [
  [9 * 60, 11 * 60],
  [14 * 60, 16 * 60],
  [10 * 60 + 30, 12 * 60 + 30],
  [15 * 60, 17 * 60 + 30],
  [8 * 60, 10 * 60],
];
/** The first of each specialty also sees patients at weekends. */
const WEEKEND = { days: [6, 7], from: 10 * 60, to: 12 * 60 } as const;
/** On call around the clock, as the shifts of `roster.ts` have it; from here they are carried on by the product itself. */
const ON_CALL: Readonly<Record<string, number>> = { cardio: 1, cardio2: 2, neuro: 1 };
const DUTY_STARTS = 8 * 60;
/** How far the memorable cardiologist's extra hours of today reach, from the first slot that is to come. */
const TODAY_MINUTES = 5 * 60;
const TODAY_LEAD_MINUTES = 25;

export function planRosters(specialists: readonly SpecialistPlan[], today: CalendarDate, now: Date): PlannedRosters {
  const orders = planOrders(today);
  const calendar = createWorkCalendar(orders);
  const validFrom = addDays(today, -TEMPLATE_AGE_DAYS);
  const base = specialists.map(
    (specialist, index): PlannedRoster => ({
      specialist,
      templates: templatesOf(specialist, index, validFrom),
      closures: [],
      extras: [],
    }),
  );
  const by = (login: string) => {
    const found = base.find(({ specialist }) => specialist.user.login === login);
    if (found === undefined) throw new Error(`no such specialist: ${login}`);
    return found;
  };
  const idOf = (login: string) => by(login).specialist.practitioner.id as PractitionerId;
  const closure = (login: string, span: Span, reason: ClosureReason, substitute?: string): PlannedClosure => {
    const id = entryId(`closure of ${login}`);
    if (substitute === undefined) return { ...span, id, reason, practitionerId: idOf(login), substitution: undefined };
    const extras: ExtraSession[] = [];
    for (let day = dayOf(span.from); day <= dayOf(span.to - 1); day = addDays(day, 1)) {
      const there = sessionsOfDay(by(substitute), day, calendar).filter(({ mode }) => mode !== 'on_call');
      for (const session of sessionsOfDay(by(login), day, calendar)) {
        if (session.mode === 'on_call' || there.some((other) => other.from < session.to && session.from < other.to))
          continue;
        const { from, to, service, mode, slotMinutes, bufferMinutes } = session;
        const extra = { from, to, service, mode, slotMinutes, bufferMinutes, rank: null };
        extras.push({ ...extra, id: entryId(`extra of ${substitute} at ${from}`) });
      }
    }
    return { ...span, id, reason, practitionerId: idOf(login), substitution: { by: idOf(substitute), extras } };
  };
  const days = (from: number, to: number): Span => ({
    from: spanOfDay(addDays(today, from)).from,
    to: spanOfDay(addDays(today, to)).to,
  });
  const hours = (day: number, from: number, to: number): Span => ({
    from: minuteAt(addDays(today, day), from * 60),
    to: minuteAt(addDays(today, day), to * 60),
  });
  const closures = [
    closure('neuro3', days(2, 15), 'vacation'),
    closure('paed3', days(0, 4), 'sick', 'paed4'),
    closure('endo2', hours(1, 9, 13), 'training'),
    closure('surgeon2', days(-6, -4), 'business_trip'),
    closure('derma', hours(3, 12, 18), 'equipment'),
  ];
  const cardio = by('cardio').specialist;
  const extras = [{ ...todayExtra(cardio, now), practitionerId: idOf('cardio') }];
  const rosters = base.map((roster) => {
    const { id } = roster.specialist.practitioner;
    return {
      ...roster,
      closures: closures.filter(({ practitionerId }) => practitionerId === id),
      extras: [
        ...extras.filter(({ practitionerId }) => practitionerId === id),
        ...closures.flatMap(({ substitution }) => (substitution?.by === id ? substitution.extras : [])),
      ],
    };
  });
  return { rosters, closures, extras, orders };
}

/** The first slot of the memorable cardiologist that is still to come, whatever the hour: on the full ten minutes. */
export function firstSlotToCome(now: Date): number {
  const soon = toMinute(now) + TODAY_LEAD_MINUTES;
  return soon + ((10 - (minuteOfDay(soon) % 10)) % 10);
}

function todayExtra({ specialty }: SpecialistPlan, now: Date): ExtraSession {
  const from = firstSlotToCome(now);
  const to = Math.min(from + TODAY_MINUTES, spanOfDay(dayOf(from)).to);
  const service = serviceOf(specialty);
  return {
    id: entryId('extra of today'),
    from,
    to: Math.max(to, from + service.slotMinutes),
    service: service.code,
    mode: 'video',
    slotMinutes: service.slotMinutes,
    bufferMinutes: service.bufferMinutes,
    rank: null,
  };
}

function templatesOf(
  { specialty, user, practitioner }: SpecialistPlan,
  index: number,
  validFrom: CalendarDate,
): RosterTemplate[] {
  const service = serviceOf(specialty);
  const window = WINDOWS[index % WINDOWS.length] ?? [540, 690];
  const template = (name: string, rest: Partial<RosterTemplate>): RosterTemplate => ({
    id: entryId(`template ${name} of ${user.login}`),
    practitionerId: practitioner.id as PractitionerId,
    service: service.code,
    mode: 'video',
    weekdays: [],
    startMinute: window[0],
    endMinute: window[1],
    slotMinutes: service.slotMinutes,
    bufferMinutes: service.bufferMinutes,
    worksOnHolidays: false,
    rank: null,
    validFrom,
    validTo: null,
    ...rest,
  });
  const weekdays = [...(WEEKS[index % WEEKS.length] ?? [1, 3])];
  const templates = [template('week', { weekdays })];
  // The first of a specialty has the login without a number.
  if (!/\d$/.test(user.login)) {
    const { days, from, to } = WEEKEND;
    templates.push(
      template('weekend', { weekdays: [...days], startMinute: from, endMinute: to, worksOnHolidays: true }),
    );
  }
  const batch = batchService(specialty);
  if (batch !== undefined && user.login.endsWith('2')) {
    const [firstDay = 1] = weekdays;
    const rest = { service: batch, mode: 'async' as const, slotMinutes: 10, bufferMinutes: 0 };
    templates.push(template('batch', { ...rest, weekdays: [firstDay], startMinute: 19 * 60, endMinute: 20 * 60 }));
  }
  const rank = ON_CALL[user.login];
  if (rank !== undefined) {
    templates.push(
      template('duty', {
        mode: 'on_call',
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        startMinute: DUTY_STARTS,
        endMinute: DUTY_STARTS + 1440,
        slotMinutes: 0,
        bufferMinutes: 0,
        worksOnHolidays: true,
        rank,
      }),
    );
  }
  return templates;
}

function serviceOf(specialty: Specialty) {
  const service = SERVICES.find(({ code }) => code === videoService(specialty));
  if (service === undefined) throw new Error(`no service of ${specialty}`);
  return service;
}

/** A Monday five to six weeks ahead is given off and worked on the Saturday before. */
function planOrders(today: CalendarDate): PlannedRosters['orders'] {
  const monday = addDays(today, 43 - weekdayOf(today));
  const source = '№ 1';
  return [
    {
      day: addDays(monday, -2),
      kind: 'working_day',
      worksAs: 1,
      name: { kk: 'Ауыстырылған жұмыс күні', ru: 'Перенесённый рабочий день', en: 'Working day moved' },
      source,
    },
    {
      day: monday,
      kind: 'day_off',
      worksAs: null,
      name: { kk: 'Ауыстырылған демалыс күні', ru: 'Перенесённый выходной', en: 'Day off moved' },
      source,
    },
  ];
}

function entryId(name: string): RosterEntryId {
  return demoId<RosterEntryId>(name, DEMO_EPOCH);
}
