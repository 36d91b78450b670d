import type { Sex } from '../../../shared/src/patients/patient.contract.ts';
import {
  KAZAKH_FAMILY,
  KAZAKH_FAMILY_PLAIN,
  KAZAKH_FATHERS,
  KAZAKH_GIVEN,
  type NamePool,
  RUSSIAN,
  UYGHUR,
  UZBEK,
} from '../content/names.ts';
import type { Community } from '../content/settlements.ts';
import type { Random } from '../random.ts';

export interface PersonName {
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string;
  /** The language the card is written in. */
  readonly language: 'kk' | 'ru';
}

/** How many in a hundred of a community carry names of each kind; the rest are Kazakh. */
const SHARES: Readonly<Record<Community, readonly (readonly [pool: 'russian' | 'uzbek' | 'uyghur', share: number])[]>> =
  {
    kazakh: [['russian', 2]],
    mixed: [['russian', 35]],
    russian: [['russian', 72]],
    uzbek: [['uzbek', 78]],
    uyghur: [
      ['uyghur', 60],
      ['russian', 3],
    ],
  };

const POOLS = { russian: RUSSIAN, uzbek: UZBEK, uyghur: UYGHUR } as const;

export function personName(random: Random, community: Community, sex: Sex, birthYear: number): PersonName {
  let roll = random.int(1, 100);
  for (const [pool, share] of SHARES[community]) {
    if (roll <= share) return fromPool(random, POOLS[pool], sex, pool === 'russian' ? 'ru' : 'kk');
    roll -= share;
  }
  return kazakhName(random, sex, birthYear);
}

function fromPool(random: Random, pool: NamePool, sex: Sex, language: 'kk' | 'ru'): PersonName {
  const ofSex = ([male, female]: readonly [string, string]) => (sex === 'male' ? male : female);
  return {
    familyName: ofSex(random.pick(pool.family)),
    givenName: random.pick(pool[sex]),
    middleName: ofSex(random.pick(pool.patronymic)),
    language,
  };
}

function kazakhName(random: Random, sex: Sex, birthYear: number): PersonName {
  const generation = KAZAKH_GIVEN.find(({ bornBefore }) => birthYear < bornBefore);
  if (generation === undefined) throw new Error(`no names for people born in ${birthYear}`);
  const isYoung = birthYear >= 1995;
  const family = random.chance(isYoung ? 0.35 : 0.08)
    ? random.pick(KAZAKH_FAMILY_PLAIN)
    : `${random.pick(KAZAKH_FAMILY)}${sex === 'male' ? '' : 'а'}`;
  const father = random.pick(KAZAKH_FATHERS);
  const middleName = random.chance(isYoung ? 0.9 : 0.5)
    ? `${father}${sex === 'male' ? 'ұлы' : 'қызы'}`
    : russianPatronymic(father, sex);
  return { familyName: family, givenName: random.pick(generation[sex]), middleName, language: 'kk' };
}

const RUSSIAN_LETTERS: Readonly<Record<string, string>> = {
  қ: 'к',
  ғ: 'г',
  ң: 'н',
  ә: 'а',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  і: 'и',
  Қ: 'К',
  Ғ: 'Г',
  Ә: 'А',
  Ө: 'О',
  Ұ: 'У',
  Ү: 'У',
};

/** «Серік» → «Серикович»: as in the papers of those born in the Soviet years. */
function russianPatronymic(father: string, sex: Sex): string {
  const stem = father.replace(/[қғңәөұүіҚҒӘӨҰҮ]/g, (letter) => RUSSIAN_LETTERS[letter] ?? letter);
  if (/[иы]$/.test(stem)) return `${stem}${sex === 'male' ? 'евич' : 'евна'}`;
  return `${stem}${sex === 'male' ? 'ович' : 'овна'}`;
}
