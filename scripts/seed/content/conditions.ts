/** Chronic conditions by tag, in the words a station writes on the card. Case templates ask for a patient with a tag. */
export const CONDITIONS = {
  hypertension: ['Артериялық гипертензия', 'Артериальная гипертензия'],
  ihd: ['Жүректің ишемиялық ауруы', 'Ишемическая болезнь сердца'],
  afib: ['Жүрекшелер фибрилляциясы', 'Фибрилляция предсердий'],
  heartFailure: ['Созылмалы жүрек жеткіліксіздігі', 'Хроническая сердечная недостаточность'],
  diabetes: ['2-типті қант диабеті', 'Сахарный диабет 2 типа'],
  hypothyroidism: ['Гипотиреоз', 'Гипотиреоз'],
  copd: ['Өкпенің созылмалы обструктивті ауруы', 'ХОБЛ'],
  asthma: ['Бронх демікпесі', 'Бронхиальная астма'],
  epilepsy: ['Эпилепсия', 'Эпилепсия'],
  stroke: ['Бұрын инсульт болған', 'Перенесённый инсульт'],
  gallstones: ['Өт-тас ауруы', 'Желчнокаменная болезнь'],
  arthrosis: ['Тізе буындарының остеоартрозы', 'Остеоартроз коленных суставов'],
  ulcer: ['Он екі елі ішектің ойық жарасы', 'Язвенная болезнь двенадцатиперстной кишки'],
  kidney: ['Созылмалы пиелонефрит', 'Хронический пиелонефрит'],
  anaemia: ['Темір тапшылықты анемия', 'Железодефицитная анемия'],
  psoriasis: ['Псориаз', 'Псориаз'],
  pregnancy: ['Жүкті, есепте тұр', 'Беременность, на учёте'],
} as const satisfies Record<string, readonly [kk: string, ru: string]>;

export type Condition = keyof typeof CONDITIONS;

/** Named allergies: [kk, ru]. */
export const ALLERGIES: readonly (readonly [kk: string, ru: string])[] = [
  ['Пенициллин — бөртпе', 'Пенициллин — сыпь'],
  ['Новокаин', 'Новокаин'],
  ['Шаң, жусан тозаңы', 'Пыль, пыльца полыни'],
  ['Ацетилсалицил қышқылы', 'Ацетилсалициловая кислота'],
  ['Цитрустар', 'Цитрусовые'],
  ['Ара шағуы — ісіну', 'Укус пчелы — отёк'],
  ['Цефтриаксон — қышыма', 'Цефтриаксон — зуд'],
  ['Йодты контраст', 'Йодсодержащий контраст'],
];

/** ICD-10 of a condition; some are words only, as on real cards. */
export const CONDITION_CODES: Partial<Record<Condition, string>> = {
  hypertension: 'I10',
  ihd: 'I25.9',
  afib: 'I48',
  heartFailure: 'I50.0',
  diabetes: 'E11.9',
  hypothyroidism: 'E03.9',
  copd: 'J44.9',
  asthma: 'J45.9',
  epilepsy: 'G40.9',
  kidney: 'N11.9',
  anaemia: 'D50.9',
  psoriasis: 'L40.0',
};

type Words = readonly [kk: string, ru: string];

/** What is usually taken against it: name, dose, how often. */
export const CONDITION_MEDICINES: Partial<Record<Condition, readonly [name: Words, dose: Words, perDay: Words]>> = {
  hypertension: [
    ['Лизиноприл', 'Лизиноприл'],
    ['10 мг', '10 мг'],
    ['таңертең 1 рет', '1 раз утром'],
  ],
  diabetes: [
    ['Метформин', 'Метформин'],
    ['850 мг', '850 мг'],
    ['күніне 2 рет', '2 раза в день'],
  ],
  hypothyroidism: [
    ['Левотироксин', 'Левотироксин'],
    ['50 мкг', '50 мкг'],
    ['таңертең аш қарынға', 'утром натощак'],
  ],
  asthma: [
    ['Будесонид, ингалятор', 'Будесонид, ингалятор'],
    ['200 мкг', '200 мкг'],
    ['күніне 2 рет', '2 раза в день'],
  ],
  afib: [
    ['Апиксабан', 'Апиксабан'],
    ['5 мг', '5 мг'],
    ['күніне 2 рет', '2 раза в день'],
  ],
  epilepsy: [
    ['Вальпрой қышқылы', 'Вальпроевая кислота'],
    ['500 мг', '500 мг'],
    ['күніне 2 рет', '2 раза в день'],
  ],
  anaemia: [
    ['Темір сульфаты', 'Железа сульфат'],
    ['100 мг', '100 мг'],
    ['күніне 1 рет', '1 раз в день'],
  ],
};
