import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays, fromMinute, minuteAt } from '@jaqyn/shared/scheduling/local-day';
import { CLOSURE_REASONS } from '@jaqyn/shared/scheduling/roster';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import type { ClosureChange } from '../../api/preview-closure.ts';
import { parseTypedTime } from './typed-time.ts';

export const ClosureForm = z.object({
  isHours: z.boolean(),
  from: z.string(),
  /** Last day; empty: one day. */
  to: z.string(),
  start: z.string(),
  end: z.string(),
  reason: z.enum(CLOSURE_REASONS),
  substitute: z.string(),
  note: z.string(),
});
export type ClosureForm = z.infer<typeof ClosureForm>;
export type ClosureProblems = Partial<Record<keyof ClosureForm, MessageDescriptor>>;

export function blankClosure(day: CalendarDate): ClosureForm {
  return {
    isHours: false,
    from: toTypedDate(day),
    to: toTypedDate(day),
    start: '09:00',
    end: '13:00',
    reason: 'vacation',
    substitute: '',
    note: '',
  };
}

const MAX_DAYS = 366;

/** A leave of whole days, or hours off on one day, as two moments. */
export function readClosure(
  form: ClosureForm,
  today: CalendarDate,
): { readonly closure: ClosureChange | undefined; readonly problems: ClosureProblems } {
  const problems: ClosureProblems = {};
  const from = parseTypedDate(form.from);
  const to = form.isHours || form.to.trim() === '' ? from : parseTypedDate(form.to);
  if (from === undefined) problems.from = msg`Write a day, for example 30.11.2026`;
  if (to === undefined && from !== undefined) problems.to = msg`Write a day, for example 30.11.2026`;
  const start = form.isHours ? parseTypedTime(form.start) : 0;
  const end = form.isHours ? parseTypedTime(form.end) : 1440;
  if (start === undefined) problems.start = msg`Write a time, for example 09:00`;
  if (end === undefined) problems.end = msg`Write a time, for example 13:00`;
  if (from === undefined || to === undefined || start === undefined || end === undefined) {
    return { closure: undefined, problems };
  }
  const lastField = form.isHours ? 'end' : 'to';
  if (to < from || (form.isHours && end <= start)) problems[lastField] = msg`The end must be after the start`;
  else if (to < today) problems[form.isHours ? 'from' : 'to'] = msg`This day is over: choose today or later`;
  else if (to > addDays(from, MAX_DAYS - 1)) problems.to = msg`Longer than a year: end the windows instead`;
  if (Object.keys(problems).length > 0) return { closure: undefined, problems };
  return {
    problems,
    closure: {
      startsAt: fromMinute(minuteAt(from, start)),
      endsAt: fromMinute(minuteAt(to, end)),
      reason: form.reason,
      substituteId: form.substitute === '' ? null : form.substitute,
    },
  };
}
