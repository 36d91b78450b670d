/**
 * Dates, times and numbers for kk, ru and en. Chrome says it knows Kazakh and prints "2026 M11 22", so nothing here asks
 * Intl: month names come from dayjs, everything else is put together by hand. The zone is a fixed +05:00, because old
 * PCs carry stale zone data.
 */
import type { Language } from '@jaqyn/shared/auth/auth.contract';
import { ageInYears, KAZAKHSTAN_OFFSET_MINUTES, localDate } from '@jaqyn/shared/kernel/time';
import { plural } from '@lingui/core/macro';
import dayjs from 'dayjs';
import 'dayjs/locale/kk';
import 'dayjs/locale/ru';
import utc from 'dayjs/plugin/utc';
import { serverNow } from './clock.ts';
import { currentLanguage } from './i18n.ts';

dayjs.extend(utc);

const LONG_DATE: Record<Language, string> = { kk: 'YYYY [ж.] D MMMM', ru: 'D MMMM YYYY [г.]', en: 'D MMMM YYYY' };
const DAY_MONTH: Record<Language, string> = { kk: 'D MMMM', ru: 'D MMMM', en: 'D MMMM' };
const SHORT_DATE: Record<Language, string> = { kk: 'DD.MM.YYYY', ru: 'DD.MM.YYYY', en: 'D MMM YYYY' };

const NBSP = '\u00A0';

type When = string | Date;

function local(when: When, language: Language) {
  return dayjs.utc(when).utcOffset(KAZAKHSTAN_OFFSET_MINUTES).locale(language);
}

/** `2026 ж. 22 қараша`, `22 ноября 2026 г.`, `22 November 2026`, for an instant. */
export function formatDate(when: When, language = currentLanguage()): string {
  return local(when, language).format(LONG_DATE[language]);
}

/** `22 қараша`: for days close to today. */
export function formatDayMonth(when: When, language = currentLanguage()): string {
  return local(when, language).format(DAY_MONTH[language]);
}

/** `14:05`, the wall clock in Kazakhstan. */
export function formatTime(when: When): string {
  return local(when, 'en').format('HH:mm');
}

/** Time alone for today, day and time for other days. */
export function formatDateTime(when: When, language = currentLanguage()): string {
  const at = local(when, language);
  const today = local(new Date(serverNow()), language);
  if (at.isSame(today, 'day')) return at.format('HH:mm');
  return at.format(`${at.isSame(today, 'year') ? DAY_MONTH[language] : LONG_DATE[language]}, HH:mm`);
}

/** A day without a time (`1962-03-12`) as `12.03.1962` or `12 Mar 1962`. */
export function formatCalendarDate(date: string, language = currentLanguage()): string {
  return dayjs.utc(date).locale(language).format(SHORT_DATE[language]);
}

/** `1234.5` as `1 234,5` in Kazakh and Russian, `1,234.5` in English. */
export function formatNumber(value: number, fractionDigits?: number, language = currentLanguage()): string {
  const text = fractionDigits === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(fractionDigits);
  const [whole = '', fraction] = text.split('.');
  const [group, point] = language === 'en' ? [',', '.'] : [NBSP, ','];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${value < 0 ? '\u2212' : ''}${grouped}${fraction === undefined ? '' : `${point}${fraction}`}`;
}

/** A person's age today in words: years, for under two months, for under one month days. */
export function formatAge(birthDate: string): string {
  const today = localDate(new Date(serverNow()));
  const years = ageInYears(birthDate, today);
  if (years >= 2) return plural(years, { one: '# year old', other: '# years old' });
  const months = dayjs.utc(today).diff(dayjs.utc(birthDate), 'month');
  if (months >= 1) return plural(months, { one: '# month old', other: '# months old' });
  const days = Math.max(0, dayjs.utc(today).diff(dayjs.utc(birthDate), 'day'));
  return plural(days, { one: '# day old', other: '# days old' });
}

/** Seconds as `0:07`, `12:34`, `1:02:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Twelve digits in threes, as people read them aloud. */
export function formatIin(iin: string): string {
  return iin.replace(/(\d{6})(\d{6})/, `$1${NBSP}$2`);
}

export function formatPersonName(person: { familyName: string; givenName: string; middleName: string }): string {
  return [person.familyName, person.givenName, person.middleName].filter((part) => part !== '').join(' ');
}

/** `ӘБДІ Иса Қ.`: the family name stands out, the rest is short. */
export function formatShortName(person: { familyName: string; givenName: string; middleName: string }): string {
  const initial = person.middleName === '' ? '' : ` ${person.middleName.slice(0, 1)}.`;
  return `${person.familyName} ${person.givenName}${initial}`;
}

/** `340 kB`, `3,2 MB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1024 * 1024 ? `${formatNumber(bytes / 1024, 0)} kB` : `${formatNumber(bytes / 1024 / 1024, 1)} MB`;
}
