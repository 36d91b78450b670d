import type { Random } from '../../seed/random.ts';

/** Names of a country's patients: some hundred families, the first of them frequent, the last ones rare. */
const FIRST_PARTS =
  'Нұр Жан Бай Ақ Қара Ер Ес Сұлтан Тоқ Мұрат Әбді Бек Кен Дос Қуан Сағын Темір Айт Ораз Жақсы Өтеп Құдай'.split(' ');
const SECOND_PARTS = 'бек бай жан тай мұрат ғали хан болат рахман сейіт ғазы дәулет'.split(' ');
const WHOLE =
  'Ахмет Оспан Омар Сейіт Ыбырай Смағұл Қасым Иса Әли Мұхамет Сәрсен Төлеген Иван Петр Кузнец Попов Волк Соколов Морозов Новик Ким Цой Шевченко Мельник Шмидт Вебер'.split(
    ' ',
  );
const GIVEN = {
  female:
    'Айгүл Гүлсім Әсел Динара Жанар Сәуле Ботагөз Ұлбосын Мөлдір Назгүл Раушан Қарлығаш Шолпан Ақмарал Зухра Анна Мария Елена Ольга Наталья'.split(
      ' ',
    ),
  male: 'Берік Ерлан Нұрлан Қайрат Серік Асқар Болат Дәулет Ғалымжан Мейрам Тимур Айдос Әділ Өмір Рүстем Иван Сергей Александр Виктор Юрий'.split(
    ' ',
  ),
} as const;

export type Sex = keyof typeof GIVEN;

interface FullName {
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string;
}

/** Some come often, most seldom, as names do. */
function often<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(items.length * random.next() ** 1.6)] as T;
}

const STEMS = [...WHOLE, ...FIRST_PARTS.flatMap((first) => SECOND_PARTS.map((second) => first + second))];

export function drawName(random: Random, sex: Sex): FullName {
  const ending = sex === 'female' ? 'ова' : 'ов';
  const father = often(random, GIVEN.male);
  return {
    familyName: `${often(random, STEMS)}${ending}`,
    givenName: often(random, GIVEN[sex]),
    middleName: random.chance(0.1) ? '' : `${father}${sex === 'female' ? 'қызы' : 'ұлы'}`,
  };
}
