import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { BUFFER_MINUTES, findTemplateProblems, MAX_RANK, SLOT_MINUTES } from '@jaqyn/shared/scheduling/roster';
import type { Template, TemplateInput } from '@jaqyn/shared/scheduling/roster.contract';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import { parseTypedTime, parseTypedWhole, toTypedTime } from './typed-time.ts';

/** A weekly window as it is typed: text stays text until it is saved, so a draft holds exactly what was entered. */
export const WindowForm = z.object({
  service: z.string(),
  isOnCall: z.boolean(),
  weekdays: z.array(z.number()),
  start: z.string(),
  end: z.string(),
  slotMinutes: z.string(),
  bufferMinutes: z.string(),
  rank: z.string(),
  worksOnHolidays: z.boolean(),
  validFrom: z.string(),
  validTo: z.string(),
});
export type WindowForm = z.infer<typeof WindowForm>;
export type WindowField = keyof WindowForm;

/** Weekdays that nobody works yet, as far as there are any: a form does not open on a conflict. */
export function blankWindow(
  services: readonly HealthcareService[],
  validFrom: CalendarDate,
  taken: readonly Pick<Template, 'weekdays' | 'mode'>[] = [],
): WindowForm {
  const [service] = services;
  const weekdays = [1, 2, 3, 4, 5];
  const free = weekdays.filter((day) =>
    taken.every(({ mode, weekdays: of }) => mode === 'on_call' || !of.includes(day)),
  );
  return {
    service: service?.code ?? '',
    isOnCall: false,
    weekdays: free.length > 0 ? free : weekdays,
    start: '09:00',
    end: '13:00',
    slotMinutes: String(service?.slotMinutes ?? 20),
    bufferMinutes: String(service?.bufferMinutes ?? 0),
    rank: '1',
    worksOnHolidays: false,
    validFrom: toTypedDate(validFrom),
    validTo: '',
  };
}

/** A stored template as a form, to be changed from a day on. */
export function windowOf(template: Template, validFrom: CalendarDate): WindowForm {
  return {
    service: template.service,
    isOnCall: template.mode === 'on_call',
    weekdays: [...template.weekdays],
    start: toTypedTime(template.startMinute),
    end: toTypedTime(template.endMinute),
    slotMinutes: template.slotMinutes === 0 ? '20' : String(template.slotMinutes),
    bufferMinutes: String(template.bufferMinutes),
    rank: String(template.rank ?? 1),
    worksOnHolidays: template.worksOnHolidays,
    validFrom: toTypedDate(template.validFrom > validFrom ? template.validFrom : validFrom),
    validTo: template.validTo === null ? '' : toTypedDate(template.validTo),
  };
}

export type WindowProblems = Partial<Record<WindowField, MessageDescriptor>>;

/** What was typed as a template, or what is wrong with each field; both follow the rules the server keeps. */
export function readWindow(
  form: WindowForm,
  services: readonly HealthcareService[],
  today: CalendarDate,
): { readonly template: TemplateInput | undefined; readonly problems: WindowProblems } {
  const problems: WindowProblems = {};
  const { isOnCall } = form;
  const service = services.find(({ code }) => code === form.service);
  if (service === undefined) problems.service = msg`Choose a service`;
  if (form.weekdays.length === 0) problems.weekdays = msg`Choose at least one weekday`;

  const startMinute = parseTypedTime(form.start);
  if (startMinute === undefined || startMinute === 1440) problems.start = msg`Write a time, for example 09:00`;
  const end = parseTypedTime(form.end);
  if (end === undefined) problems.end = msg`Write a time, for example 13:00`;
  // A duty that ends at or before its start ends on the next day.
  const isOvernight = isOnCall && end !== undefined && startMinute !== undefined && end <= startMinute;
  const endMinute = isOvernight ? end + 1440 : end;

  const slotMinutes = isOnCall ? 0 : parseTypedWhole(form.slotMinutes, SLOT_MINUTES.min, SLOT_MINUTES.max);
  if (slotMinutes === undefined) problems.slotMinutes = msg`Whole minutes, from 3 to 240`;
  const bufferMinutes = isOnCall ? 0 : parseTypedWhole(form.bufferMinutes, BUFFER_MINUTES.min, BUFFER_MINUTES.max);
  if (bufferMinutes === undefined) problems.bufferMinutes = msg`Whole minutes, from 0 to 60`;
  const rank = isOnCall ? parseTypedWhole(form.rank, 1, MAX_RANK) : null;
  if (rank === undefined) problems.rank = msg`A number from 1 to 9`;

  const validFrom = parseTypedDate(form.validFrom);
  if (validFrom === undefined) problems.validFrom = msg`Write a day, for example 30.11.2026`;
  else if (validFrom < today) problems.validFrom = msg`This day is over: choose today or later`;
  const validTo = form.validTo.trim() === '' ? null : parseTypedDate(form.validTo);
  if (validTo === undefined) problems.validTo = msg`Write a day, or leave it empty`;

  if (
    service === undefined ||
    startMinute === undefined ||
    endMinute === undefined ||
    slotMinutes === undefined ||
    bufferMinutes === undefined ||
    rank === undefined ||
    validFrom === undefined ||
    validTo === undefined ||
    Object.keys(problems).length > 0
  ) {
    return { template: undefined, problems };
  }
  const template: TemplateInput = {
    service: service.code,
    mode: isOnCall ? 'on_call' : service.mode,
    weekdays: [...form.weekdays].sort((a, b) => a - b),
    startMinute,
    endMinute,
    slotMinutes,
    bufferMinutes,
    worksOnHolidays: form.worksOnHolidays,
    rank,
    validFrom,
    validTo,
  };
  for (const { path, code } of findTemplateProblems(template)) {
    const [field, words] = TOGETHER[`${path} ${code}`] ?? ['end', msg`These times do not fit together`];
    problems[field] ??= words;
  }
  if (service.retiredFrom !== null && service.retiredFrom <= validFrom) {
    problems.service = msg`This service is no longer offered on that day`;
  }
  return { template: Object.keys(problems).length > 0 ? undefined : template, problems };
}

const TOGETHER: Readonly<Record<string, readonly [WindowField, MessageDescriptor]>> = {
  'endMinute before_start': ['end', msg`The end must be after the start`],
  'endMinute after_midnight': ['end', msg`Booked slots end by midnight`],
  'endMinute longer_than_a_day': ['end', msg`A duty lasts a day at most`],
  'validTo before_start': ['validTo', msg`The last day is before the first`],
  'slotMinutes longer_than_window': ['slotMinutes', msg`A slot is longer than the whole window`],
};
