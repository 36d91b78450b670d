import type { RegionKey } from './regions.ts';

/** Who lives there and which language the station writes in. */
export type Community = 'kazakh' | 'mixed' | 'uzbek' | 'uyghur' | 'russian';
export type StationKind = 'fap' | 'post' | 'ambulatory';

/**
 * A real settlement with a made-up station. `district` and `place` are [kk, ru, en]; the district without its word
 * (ауданы, район, District), the Russian one as its adjective.
 */
export interface Settlement {
  readonly key: string;
  readonly region: RegionKey;
  readonly district: readonly [kk: string, ru: string, en: string];
  readonly place: readonly [kk: string, ru: string, en: string];
  readonly type: 'village' | 'township';
  readonly kind: StationKind;
  readonly community: Community;
  readonly language: 'kk' | 'ru';
}

function at(
  key: string,
  region: RegionKey,
  district: Settlement['district'],
  place: Settlement['place'],
  rest: Partial<Pick<Settlement, 'type' | 'kind' | 'community' | 'language'>> = {},
): Settlement {
  return { key, region, district, place, type: 'village', kind: 'fap', community: 'kazakh', language: 'kk', ...rest };
}

const RUSSIAN = { community: 'russian', language: 'ru' } as const;

export const SETTLEMENTS: readonly Settlement[] = [
  at('aksu', 'zhambyl', ['Шу', 'Шуский', 'Shu'], ['Ақсу', 'Аксу', 'Aksu'], { kind: 'ambulatory' }),
  at('ulanbel', 'zhambyl', ['Мойынқұм', 'Мойынкумский', 'Moiynkum'], ['Ұланбел', 'Уланбель', 'Ulanbel']),
  at('imantau', 'north', ['Айыртау', 'Айыртауский', 'Aiyrtau'], ['Имантау', 'Имантау', 'Imantau'], {
    kind: 'ambulatory',
    ...RUSSIAN,
  }),
  at(
    'blagoveshchenka',
    'north',
    ['Жамбыл', 'Жамбылский', 'Zhambyl'],
    ['Благовещенка', 'Благовещенка', 'Blagoveshchenka'],
    RUSSIAN,
  ),
  at('sabyndy', 'akmola', ['Қорғалжын', 'Коргалжынский', 'Korgalzhyn'], ['Сабынды', 'Сабынды', 'Sabyndy'], {
    kind: 'post',
  }),
  at('bozoi', 'aktobe', ['Шалқар', 'Шалкарский', 'Shalkar'], ['Бозой', 'Бозой', 'Bozoi']),
  at('karabutak', 'aktobe', ['Әйтеке би', 'Айтекебийский', 'Aiteke Bi'], ['Қарабұтақ', 'Карабутак', 'Karabutak'], {
    kind: 'ambulatory',
  }),
  at('zhalanash', 'almaty', ['Кеген', 'Кегенский', 'Kegen'], ['Жалаңаш', 'Жаланаш', 'Zhalanash']),
  at('ungirtas', 'almaty', ['Жамбыл', 'Жамбылский', 'Zhambyl'], ['Үңгіртас', 'Унгуртас', 'Ungirtas']),
  at('sagiz', 'atyrau', ['Қызылқоға', 'Кызылкогинский', 'Kyzylkoga'], ['Сағыз', 'Сагиз', 'Sagyz'], {
    kind: 'ambulatory',
  }),
  at('zhalpaktal', 'west', ['Қазталов', 'Казталовский', 'Kaztalov'], ['Жалпақтал', 'Жалпактал', 'Zhalpaktal'], {
    kind: 'ambulatory',
  }),
  at(
    'khan-ordasy',
    'west',
    ['Бөкей ордасы', 'Бокейординский', 'Bokei Orda'],
    ['Хан ордасы', 'Хан Ордасы', 'Khan Ordasy'],
  ),
  at(
    'egindibulak',
    'karaganda',
    ['Қарқаралы', 'Каркаралинский', 'Karkaraly'],
    ['Егіндібұлақ', 'Егиндыбулак', 'Egindibulak'],
  ),
  at('shashubai', 'karaganda', ['Ақтоғай', 'Актогайский', 'Aktogai'], ['Шашубай', 'Шашубай', 'Shashubai'], {
    type: 'township',
    kind: 'post',
    community: 'mixed',
    language: 'ru',
  }),
  at('baigabyl', 'kostanay', ['Амангелді', 'Амангельдинский', 'Amangeldi'], ['Байғабыл', 'Байгабыл', 'Baigabyl'], {
    kind: 'post',
  }),
  at('adaevka', 'kostanay', ['Қамысты', 'Камыстинский', 'Kamysty'], ['Адаевка', 'Адаевка', 'Adayevka'], RUSSIAN),
  at('amanotkel', 'kyzylorda', ['Арал', 'Аральский', 'Aral'], ['Аманөткел', 'Аманоткель', 'Amanotkel']),
  at('maidakol', 'kyzylorda', ['Қазалы', 'Казалинский', 'Kazaly'], ['Майдакөл', 'Майдаколь', 'Maidakol'], {
    kind: 'post',
  }),
  at('zhyngyldy', 'mangystau', ['Маңғыстау', 'Мангистауский', 'Mangystau'], ['Жыңғылды', 'Жынгылды', 'Zhyngyldy']),
  at('kyzyltau', 'pavlodar', ['Баянауыл', 'Баянаульский', 'Bayanaul'], ['Қызылтау', 'Кызылтау', 'Kyzyltau'], {
    community: 'mixed',
    language: 'ru',
  }),
  at('kumkent', 'turkistan', ['Созақ', 'Созакский', 'Sozak'], ['Құмкент', 'Кумкент', 'Kumkent']),
  at('karamurt', 'turkistan', ['Сайрам', 'Сайрамский', 'Sairam'], ['Қарамұрт', 'Карамурт', 'Karamurt'], {
    community: 'uzbek',
  }),
  at('berel', 'east', ['Катонқарағай', 'Катон-Карагайский', 'Katonkaragai'], ['Берел', 'Берель', 'Berel'], {
    community: 'mixed',
    language: 'ru',
  }),
  at('tugyl', 'east', ['Тарбағатай', 'Тарбагатайский', 'Tarbagatai'], ['Тұғыл', 'Тугыл', 'Tugyl']),
  at('sarzhal', 'abai', ['Абай', 'Абайский', 'Abai'], ['Саржал', 'Саржал', 'Sarzhal']),
  at('dolon', 'abai', ['Бесқарағай', 'Бескарагайский', 'Beskaragai'], ['Долон', 'Долонь', 'Dolon'], {
    community: 'mixed',
    language: 'ru',
  }),
  at('kapal', 'zhetisu', ['Ақсу', 'Аксуский', 'Aksu'], ['Қапал', 'Капал', 'Kapal'], { kind: 'ambulatory' }),
  at('koktal', 'zhetisu', ['Панфилов', 'Панфиловский', 'Panfilov'], ['Көктал', 'Коктал', 'Koktal'], {
    kind: 'ambulatory',
    community: 'uyghur',
  }),
  at('zhezdi', 'ulytau', ['Ұлытау', 'Улытауский', 'Ulytau'], ['Жезді', 'Жезды', 'Zhezdi'], {
    type: 'township',
    kind: 'ambulatory',
  }),
  at('karsakpai', 'ulytau', ['Ұлытау', 'Улытауский', 'Ulytau'], ['Қарсақпай', 'Карсакпай', 'Karsakpai'], {
    type: 'township',
  }),
];
