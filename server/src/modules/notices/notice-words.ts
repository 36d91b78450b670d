import type { Language } from '@jaqyn/shared/auth/auth.contract';
import { KAZAKHSTAN_OFFSET_MINUTES } from '@jaqyn/shared/kernel/time';
import type { NoticeKind, NoticeParameters } from '@jaqyn/shared/notices/notice.contract';

/** Words for what leaves the house. They say that there is something, when, and under which number: never who or why. */
const WORDS: Readonly<Record<NoticeKind, Readonly<Record<Language, string>>>> = {
  appointment_booked: {
    kk: 'Консультация белгіленді: {when}',
    ru: 'Назначена консультация: {when}',
    en: 'A consult is booked: {when}',
  },
  appointment_moved: {
    kk: 'Консультация уақыты өзгерді: {when}',
    ru: 'Консультация перенесена: {when}',
    en: 'A consult has moved: {when}',
  },
  appointment_cancelled: {
    kk: 'Консультация болмайды: {when}',
    ru: 'Консультация отменена: {when}',
    en: 'A consult is cancelled: {when}',
  },
  appointment_offered: {
    kk: 'Бос уақыт ұсынылды: {when}. Жауабыңыз керек',
    ru: 'Предложено свободное время: {when}. Нужен ваш ответ',
    en: 'A free time is offered: {when}. Please answer',
  },
  appointment_reminder: {
    kk: 'Еске салу: консультация {when}',
    ru: 'Напоминание: консультация {when}',
    en: 'Reminder: a consult {when}',
  },
  call_invited: {
    kk: 'Сізді консультация қоңырауына шақырды',
    ru: 'Вас приглашают в видеоконсультацию',
    en: 'You are asked into a consult',
  },
  conclusion_signed: {
    kk: 'Қорытындыға қол қойылды',
    ru: 'Заключение подписано',
    en: 'A conclusion is signed',
  },
  conclusion_unsigned: {
    kk: 'Қорытындыға әлі қол қойылмады',
    ru: 'Заключение ещё не подписано',
    en: 'A conclusion is not signed yet',
  },
  recommendation_cannot: {
    kk: 'Науқас ұсынысты орындай алмайды',
    ru: 'Пациент не может выполнить рекомендацию',
    en: 'A recommendation cannot be followed',
  },
  request_overdue: {
    kk: 'Сұрау мерзімінен асып күтіп тұр',
    ru: 'Запрос ждёт дольше срока',
    en: 'A request waits past its date',
  },
};

const NUMBER: Readonly<Record<Language, string>> = { kk: 'Сұрау №', ru: 'Запрос №', en: 'Request No.' };
const OPEN: Readonly<Record<Language, string>> = {
  kk: 'Толығын Jaqyn жүйесінен қараңыз',
  ru: 'Подробности в системе Jaqyn',
  en: 'See Jaqyn for the rest',
};

export function noticeWords(
  kind: NoticeKind,
  { startsAt, requestNumber, specialtyName }: NoticeParameters,
  language: Language,
  publicOrigin: string | undefined,
): { subject: string; text: string } {
  const when = startsAt === null ? '' : localTime(startsAt);
  const subject = WORDS[kind][language].replace('{when}', when).replace(/: $/, '');
  const where = publicOrigin === undefined ? '' : `: ${publicOrigin}`;
  const text = `${subject}. ${specialtyName[language]}. ${NUMBER[language]} ${requestNumber}. ${OPEN[language]}${where}`;
  return { subject: `Jaqyn: ${subject}`, text };
}

/** `24.11.2026 10:20`, the order of day and month that everybody here reads. */
function localTime(instant: string): string {
  const local = new Date(Date.parse(instant) + KAZAKHSTAN_OFFSET_MINUTES * 60_000).toISOString();
  return `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)} ${local.slice(11, 16)}`;
}
