import type { LocalText } from '../../../shared/src/auth/auth.contract.ts';

/** An oblast as of the reform of 2022 and its (generic, made-up) multi-profile hospital. */
export interface Region {
  readonly name: LocalText;
  readonly hospital: LocalText;
}

const named = (kk: string, ru: string, en: string): LocalText => ({ kk, ru, en });

function region(name: LocalText, hospitalKk: string, hospitalRu: string, hospitalEn: string): Region {
  return {
    name,
    hospital: named(
      `${hospitalKk} көпбейінді ауруханасы`,
      `${hospitalRu} многопрофильная больница`,
      `${hospitalEn} Regional Multi-Profile Hospital`,
    ),
  };
}

/** Where the adjective of the oblast is the oblast's own name in the genitive: «область Абай». */
function newRegion(kk: string, ru: string, en: string): Region {
  return {
    name: named(`${kk} облысы`, `область ${ru}`, `${en} Region`),
    hospital: named(
      `${kk} облысының көпбейінді ауруханасы`,
      `Многопрофильная больница области ${ru}`,
      `${en} Regional Multi-Profile Hospital`,
    ),
  };
}

export const REGIONS = {
  abai: newRegion('Абай', 'Абай', 'Abai'),
  akmola: region(
    named('Ақмола облысы', 'Акмолинская область', 'Akmola Region'),
    'Ақмола облыстық',
    'Акмолинская областная',
    'Akmola',
  ),
  aktobe: region(
    named('Ақтөбе облысы', 'Актюбинская область', 'Aktobe Region'),
    'Ақтөбе облыстық',
    'Актюбинская областная',
    'Aktobe',
  ),
  almaty: region(
    named('Алматы облысы', 'Алматинская область', 'Almaty Region'),
    'Алматы облыстық',
    'Алматинская областная',
    'Almaty',
  ),
  atyrau: region(
    named('Атырау облысы', 'Атырауская область', 'Atyrau Region'),
    'Атырау облыстық',
    'Атырауская областная',
    'Atyrau',
  ),
  west: region(
    named('Батыс Қазақстан облысы', 'Западно-Казахстанская область', 'West Kazakhstan Region'),
    'Батыс Қазақстан облыстық',
    'Западно-Казахстанская областная',
    'West Kazakhstan',
  ),
  zhambyl: region(
    named('Жамбыл облысы', 'Жамбылская область', 'Zhambyl Region'),
    'Жамбыл облыстық',
    'Жамбылская областная',
    'Zhambyl',
  ),
  zhetisu: newRegion('Жетісу', 'Жетісу', 'Zhetisu'),
  karaganda: region(
    named('Қарағанды облысы', 'Карагандинская область', 'Karaganda Region'),
    'Қарағанды облыстық',
    'Карагандинская областная',
    'Karaganda',
  ),
  kostanay: region(
    named('Қостанай облысы', 'Костанайская область', 'Kostanay Region'),
    'Қостанай облыстық',
    'Костанайская областная',
    'Kostanay',
  ),
  kyzylorda: region(
    named('Қызылорда облысы', 'Кызылординская область', 'Kyzylorda Region'),
    'Қызылорда облыстық',
    'Кызылординская областная',
    'Kyzylorda',
  ),
  mangystau: region(
    named('Маңғыстау облысы', 'Мангистауская область', 'Mangystau Region'),
    'Маңғыстау облыстық',
    'Мангистауская областная',
    'Mangystau',
  ),
  pavlodar: region(
    named('Павлодар облысы', 'Павлодарская область', 'Pavlodar Region'),
    'Павлодар облыстық',
    'Павлодарская областная',
    'Pavlodar',
  ),
  north: region(
    named('Солтүстік Қазақстан облысы', 'Северо-Казахстанская область', 'North Kazakhstan Region'),
    'Солтүстік Қазақстан облыстық',
    'Северо-Казахстанская областная',
    'North Kazakhstan',
  ),
  turkistan: region(
    named('Түркістан облысы', 'Туркестанская область', 'Turkistan Region'),
    'Түркістан облыстық',
    'Туркестанская областная',
    'Turkistan',
  ),
  ulytau: newRegion('Ұлытау', 'Ұлытау', 'Ulytau'),
  east: region(
    named('Шығыс Қазақстан облысы', 'Восточно-Казахстанская область', 'East Kazakhstan Region'),
    'Шығыс Қазақстан облыстық',
    'Восточно-Казахстанская областная',
    'East Kazakhstan',
  ),
} as const satisfies Record<string, Region>;

export type RegionKey = keyof typeof REGIONS;

/** National centres that take calls from every oblast. Generic names: no real institution is meant. */
export const NATIONAL_CENTRES = {
  heart: named(
    'Республикалық кардиология орталығы',
    'Республиканский центр кардиологии',
    'National Centre of Cardiology',
  ),
  mother: named(
    'Республикалық ана мен бала орталығы',
    'Республиканский центр матери и ребёнка',
    'National Centre for Mother and Child',
  ),
  telemedicine: named(
    'Республикалық телемедицина орталығы',
    'Республиканский центр телемедицины',
    'National Telemedicine Centre',
  ),
} as const satisfies Record<string, LocalText>;

export type CentreKey = keyof typeof NATIONAL_CENTRES;
