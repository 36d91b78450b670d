import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { NoShowCause } from '@jaqyn/shared/scheduling/appointment.contract';

/** Words of the files; the screens have their own in the client. */
export const DAY_END_HEADERS: Readonly<Record<Language, readonly string[]>> = {
  kk: ['Өтінім', 'Бейін', 'Пункт', 'Науқас', 'Маман', 'Қашаннан', 'Себебі'],
  ru: ['Заявка', 'Профиль', 'Пункт', 'Пациент', 'Специалист', 'С какого времени', 'Причина'],
  en: ['Request', 'Specialty', 'Station', 'Patient', 'Specialist', 'Since', 'Cause'],
};

export const NO_SHOW_WORDS: Readonly<Record<Language, Readonly<Record<NoShowCause, string>>>> = {
  kk: {
    patient: 'науқас келмеді',
    specialist: 'маман болмады',
    network: 'байланыс болмады',
    station: 'пункт дайын болмады',
  },
  ru: {
    patient: 'пациент не пришёл',
    specialist: 'не было специалиста',
    network: 'не было связи',
    station: 'пункт не был готов',
  },
  en: {
    patient: 'the patient did not come',
    specialist: 'no specialist',
    network: 'no link',
    station: 'the station was not ready',
  },
};
