import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import type { Template } from '@jaqyn/shared/scheduling/roster.contract';
import { useLingui } from '@lingui/react/macro';
import { formatCalendarDate, formatDayMonth, formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { useServices } from '../../api/list-services.ts';
import { modeWords, weekdayWords } from './schedule-words.ts';
import { toTypedTime } from './typed-time.ts';

/** Days and times of rosters in words of the screen's language. */
export function useDayWords() {
  const { t } = useLingui();
  const weekday = (number: number, form: 'short' | 'full' = 'short') => {
    const words = weekdayWords[number - 1];
    return words === undefined ? '' : t(words[form]);
  };
  /** `Tue, 24 November`. */
  const day = (date: CalendarDate) => `${weekday(weekdayOf(date))}, ${formatDayMonth(date)}`;
  /** `Tue, 24 November, 09:25`. */
  const moment = (at: Instant) => `${day(localDate(at))}, ${formatTime(at)}`;
  /** `Mon–Fri` or `Mon, Wed`. */
  const weekdays = (numbers: readonly number[]) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    const [first, last] = [sorted[0] ?? 1, sorted.at(-1) ?? 1];
    const isRow = sorted.length > 2 && last - first === sorted.length - 1;
    return isRow ? `${weekday(first)}–${weekday(last)}` : sorted.map((number) => weekday(number)).join(', ');
  };
  /** From one moment to another; whole days without times. */
  const span = (from: Instant, to: Instant) => {
    const lastDay = localDate(new Date(Date.parse(to) - 1));
    const isWhole = formatTime(from) === '00:00' && formatTime(to) === '00:00';
    if (isWhole) return localDate(from) === lastDay ? day(lastDay) : `${day(localDate(from))} – ${day(lastDay)}`;
    return localDate(from) === localDate(to)
      ? `${day(localDate(from))}, ${formatTime(from)}–${formatTime(to)}`
      : `${moment(from)} – ${moment(to)}`;
  };
  return { weekday, weekdays, day, moment, span };
}

/** A service's name by its code; the code while the names are not there. */
export function useServiceName(): (code: string) => string {
  const { data } = useServices();
  const localText = useLocalText();
  return (code) => {
    const found = data?.find((service) => service.code === code);
    return found === undefined ? code : localText(found.name);
  };
}

/** A template as one says it: what, which days, from when to when. */
export function useTemplateWords() {
  const { t } = useLingui();
  const words = useDayWords();
  const serviceName = useServiceName();
  const hours = ({ startMinute, endMinute }: Pick<Template, 'startMinute' | 'endMinute'>) =>
    `${toTypedTime(startMinute)}–${toTypedTime(endMinute)}`;
  const validity = ({ validFrom, validTo }: Pick<Template, 'validFrom' | 'validTo'>) => {
    const from = formatCalendarDate(validFrom);
    if (validTo === null) return t`from ${from}, until further notice`;
    const to = formatCalendarDate(validTo);
    return t`from ${from} to ${to}`;
  };
  const title = (template: Pick<Template, 'service' | 'mode'>) =>
    template.mode === 'on_call' ? t(modeWords.on_call) : serviceName(template.service);
  /** All of it in one line, to tell templates apart by name. */
  const line = (template: Template) =>
    `${title(template)}, ${words.weekdays(template.weekdays)} ${hours(template)}, ${validity(template)}`;
  return { hours, validity, title, line };
}
