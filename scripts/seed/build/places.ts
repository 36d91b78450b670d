import type { LocalText } from '../../../shared/src/auth/auth.contract.ts';
import { iinCheckDigit } from '../../../shared/src/kernel/iin.ts';
import { type CentreKey, NATIONAL_CENTRES, REGIONS, type RegionKey } from '../content/regions.ts';
import { SETTLEMENTS, type Settlement, type StationKind } from '../content/settlements.ts';
import type { Workplace } from '../content/specialists.ts';
import { DEMO_EPOCH, demoId } from '../demo-id.ts';
import type { OrganizationRow, StationRow } from '../rows.ts';

export interface StationPlan {
  readonly settlement: Settlement;
  readonly row: StationRow;
}

export interface Places {
  readonly organizations: readonly OrganizationRow[];
  readonly stations: readonly StationPlan[];
  /** Where an organization is: its oblast. A national centre is nowhere in particular. */
  readonly regions: readonly { readonly organizationId: string; readonly region: RegionKey }[];
  /** Id of the organization a specialist works at. */
  workplaceId(workplace: Workplace): string;
}

/** Stations, the district hospitals they belong to, the hospitals of the oblasts, the national centres. */
export function buildPlaces(): Places {
  const organizations = new Map<string, OrganizationRow>();
  const organization = (key: string, name: LocalText): OrganizationRow => {
    const known = organizations.get(key);
    if (known !== undefined) return known;
    const row = {
      id: demoId<string>(`organization ${key}`, DEMO_EPOCH),
      bin: testBin(organizations.size),
      nameKk: name.kk,
      nameRu: name.ru,
      nameEn: name.en,
    };
    organizations.set(key, row);
    return row;
  };

  for (const key of Object.keys(NATIONAL_CENTRES) as CentreKey[]) organization(`centre:${key}`, NATIONAL_CENTRES[key]);
  const regionKeys = Object.keys(REGIONS) as RegionKey[];
  for (const key of regionKeys) organization(`region:${key}`, REGIONS[key].hospital);

  const stations = SETTLEMENTS.map((settlement, index) => {
    const [kk, ru, en] = settlement.district;
    const hospital = organization(`district:${settlement.region}:${en}`, {
      kk: `${kk} ауданының орталық ауруханасы`,
      ru: `Центральная больница ${ru.replace(/ий$/, 'ого')} района`,
      en: `${en} District Central Hospital`,
    });
    return { settlement, row: buildStation(settlement, hospital.id, index, regionKeys.indexOf(settlement.region)) };
  });

  return {
    organizations: [...organizations.values()],
    stations,
    regions: [...organizations].flatMap(([key, { id }]) => {
      const [kind, region] = key.split(':');
      return kind === 'centre' ? [] : [{ organizationId: id, region: region as RegionKey }];
    }),
    workplaceId(workplace) {
      const row = organizations.get(workplace);
      if (row === undefined) throw new Error(`no such workplace: ${workplace}`);
      return row.id;
    },
  };
}

const KINDS: Readonly<Record<StationKind, LocalText>> = {
  fap: { kk: 'фельдшерлік-акушерлік пункті', ru: 'Фельдшерско-акушерский пункт', en: 'feldsher-midwife station' },
  post: { kk: 'медициналық пункті', ru: 'Медицинский пункт', en: 'medical post' },
  ambulatory: { kk: 'дәрігерлік амбулаториясы', ru: 'Врачебная амбулатория', en: 'doctor’s outpatient clinic' },
};

function buildStation(settlement: Settlement, organizationId: string, index: number, regionIndex: number): StationRow {
  const [kk, ru, en] = settlement.place;
  const [districtKk, districtRu, districtEn] = settlement.district;
  const kind = KINDS[settlement.kind];
  const isVillage = settlement.type === 'village';
  const region = REGIONS[settlement.region].name;
  return {
    id: demoId<string>(`station ${settlement.key}`, DEMO_EPOCH),
    organizationId,
    nameKk: `${kk} ${isVillage ? 'ауылының' : 'кентінің'} ${kind.kk}`,
    nameRu: `${kind.ru} ${isVillage ? 'с.' : 'п.'} ${ru}`,
    nameEn: `${en} ${kind.en}`,
    oblastKk: region.kk,
    oblastRu: region.ru,
    oblastEn: region.en,
    districtKk: `${districtKk} ауданы`,
    districtRu: `${districtRu} район`,
    districtEn: `${districtEn} District`,
    settlementKk: `${kk} ${isVillage ? 'ауылы' : 'кенті'}`,
    settlementRu: `${isVillage ? 'село' : 'посёлок'} ${ru}`,
    settlementEn: `${en} ${isVillage ? 'village' : 'township'}`,
    phone: demoPhone(101 + index),
    coordinatorPhone: demoPhone(11 + regionIndex),
    isActive: true,
  };
}

/** A number nobody answers: the block +7 700 000 00 00 … 99 99 is kept for the demo. */
export function demoPhone(number: number): string {
  const digits = String(number).padStart(4, '0');
  return `+7 700 000 ${digits.slice(0, 2)} ${digits.slice(2)}`;
}

/** A BIN with a right check digit whose year and month of registration, 99-12, no organization has. */
function testBin(serial: number): string {
  for (let tries = 0; ; tries += 1) {
    const first11 = `991240${String(serial * 20 + tries).padStart(5, '0')}`;
    const check = iinCheckDigit(first11);
    if (check !== undefined) return `${first11}${check}`;
  }
}
