import type { CentreKey, RegionKey } from './regions.ts';
import type { Specialty } from './specialties.ts';

export type Workplace = `region:${RegionKey}` | `centre:${CentreKey}`;

export interface SpecialistPerson {
  readonly name: string;
  readonly works: Workplace;
  readonly language: 'kk' | 'ru';
}

const kk = (name: string, works: Workplace): SpecialistPerson => ({ name, works, language: 'kk' });
const ru = (name: string, works: Workplace): SpecialistPerson => ({ name, works, language: 'ru' });

/**
 * Forty specialists. The login is the key and the place in the list: `cardio`, `cardio2`, `cardio3` …
 * The first of `cardio` and of `neuro` is always on call first, `cardio2` always second.
 */
export const SPECIALISTS: Readonly<Record<Specialty, { login: string; people: readonly SpecialistPerson[] }>> = {
  cardiology: {
    login: 'cardio',
    people: [
      kk('Ахметова Айгүл Серікқызы', 'region:zhambyl'),
      ru('Ким Виктор Анатольевич', 'centre:heart'),
      kk('Жүнісов Дәурен Қайратұлы', 'centre:heart'),
      ru('Соколова Елена Викторовна', 'region:north'),
      kk('Тілеуберген Әсел Маратқызы', 'region:kyzylorda'),
    ],
  },
  neurology: {
    login: 'neuro',
    people: [
      kk('Оспанов Ерлан Бақытұлы', 'region:almaty'),
      ru('Шмидт Ольга Генриховна', 'region:karaganda'),
      kk('Сейітқали Гүлнар Әбдіқызы', 'region:aktobe'),
      ru('Юлдашев Рустам Хамидович', 'region:turkistan'),
    ],
  },
  paediatrics: {
    login: 'paed',
    people: [
      kk('Бекмұратова Сәуле Нұрланқызы', 'centre:mother'),
      kk('Әбілқасымов Нұржан Ерболұлы', 'region:kyzylorda'),
      ru('Литвинова Наталья Сергеевна', 'region:kostanay'),
      kk('Қалиева Жанар Талғатқызы', 'region:mangystau'),
    ],
  },
  'obstetrics-gynaecology': {
    login: 'obgyn',
    people: [
      kk('Мұқашева Бибігүл Төлегенқызы', 'centre:mother'),
      ru('Розыбакиева Гульнара Абдулхаковна', 'region:zhetisu'),
      kk('Есенова Дана Болатқызы', 'region:atyrau'),
      ru('Павленко Ирина Николаевна', 'region:pavlodar'),
    ],
  },
  surgery: {
    login: 'surgeon',
    people: [
      kk('Нұрпейісов Асқар Жомартұлы', 'region:west'),
      ru('Гончаров Андрей Петрович', 'region:east'),
      kk('Қожахметов Тимур Сәкенұлы', 'region:abai'),
    ],
  },
  traumatology: {
    login: 'trauma',
    people: [
      kk('Дүйсенбаев Марат Өмірзақұлы', 'region:ulytau'),
      ru('Мюллер Александр Иванович', 'region:akmola'),
      kk('Сүлейменова Ақмарал Ермекқызы', 'region:almaty'),
    ],
  },
  endocrinology: {
    login: 'endo',
    people: [
      kk('Төлеуова Мадина Ғалымқызы', 'centre:telemedicine'),
      ru('Абдуллаева Дилором Рашидовна', 'region:turkistan'),
      kk('Ыбыраев Қанат Сәбитұлы', 'region:akmola'),
    ],
  },
  pulmonology: {
    login: 'pulmo',
    people: [
      kk('Қасенов Бауыржан Тұрсынұлы', 'region:karaganda'),
      ru('Романенко Светлана Юрьевна', 'region:east'),
      kk('Жақсылықова Раушан Амантайқызы', 'region:atyrau'),
    ],
  },
  dermatology: {
    login: 'derma',
    people: [
      kk('Әлімжанова Камила Азаматқызы', 'centre:telemedicine'),
      ru('Цой Марина Сергеевна', 'region:almaty'),
      kk('Байжанов Олжас Мұратұлы', 'region:aktobe'),
    ],
  },
  ophthalmology: {
    login: 'ophtho',
    people: [
      kk('Сматова Гауһар Исақызы', 'region:karaganda'),
      ru('Иминов Шавкат Турсунович', 'region:zhetisu'),
      kk('Рақышев Ділшат Қуанышұлы', 'region:pavlodar'),
    ],
  },
  otolaryngology: {
    login: 'ent',
    people: [
      kk('Мырзабеков Талғат Сағатұлы', 'region:zhambyl'),
      ru('Белова Татьяна Алексеевна', 'region:kostanay'),
      kk('Өтегенова Гүлмира Кеңесқызы', 'region:mangystau'),
    ],
  },
  psychiatry: {
    login: 'psych',
    people: [kk('Сағындықова Лаура Ержанқызы', 'centre:telemedicine'), ru('Федоренко Игорь Васильевич', 'region:abai')],
  },
};
