import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { fromMinute, minuteAt, weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { parseTypedDate, toTypedDate } from '../../../../lib/typed-date.ts';
import { readWindow, type WindowForm } from './window-form.ts';

/** Extra work is a window of one day: the same fields, read by the same rules. */
export function readExtra(form: WindowForm, services: readonly HealthcareService[], today: CalendarDate) {
  const day = parseTypedDate(form.validFrom);
  const { template, problems } = readWindow(
    {
      ...form,
      weekdays: day === undefined ? [1] : [weekdayOf(day)],
      validTo: day === undefined ? '' : toTypedDate(day),
    },
    services,
    today,
  );
  if (template === undefined || day === undefined) return { extra: undefined, template, problems };
  const { service, mode, slotMinutes, bufferMinutes, rank, startMinute, endMinute } = template;
  return {
    problems,
    template,
    extra: {
      service,
      mode,
      slotMinutes,
      bufferMinutes,
      rank,
      startsAt: fromMinute(minuteAt(day, startMinute)),
      endsAt: fromMinute(minuteAt(day, endMinute)),
    },
  };
}
