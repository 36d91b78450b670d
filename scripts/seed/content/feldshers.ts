/**
 * The feldsher of each settlement (key of settlements.ts), and a nurse where two share the desk. The memorable logins
 * are `feldsher` and `feldsher2`; the others are called after their village.
 */
export const FELDSHERS: readonly { readonly station: string; readonly login: string; readonly name: string }[] = [
  { station: 'aksu', login: 'feldsher', name: 'Сәрсенбаева Гүлжан Маратқызы' },
  { station: 'aksu', login: 'nurse-aksu', name: 'Қайырбекова Назгүл Асқарқызы' },
  { station: 'ulanbel', login: 'feldsher-ulanbel', name: 'Тұрсынбеков Нұрлан Сейітұлы' },
  { station: 'imantau', login: 'feldsher2', name: 'Кравченко Людмила Ивановна' },
  { station: 'imantau', login: 'nurse-imantau', name: 'Абильдинова Алтынай Сериковна' },
  { station: 'blagoveshchenka', login: 'feldsher-blagoveshchenka', name: 'Вебер Ирина Александровна' },
  { station: 'sabyndy', login: 'feldsher-sabyndy', name: 'Жұмабекова Ләззат Қайратқызы' },
  { station: 'bozoi', login: 'feldsher-bozoi', name: 'Есенбаев Серік Әбдіғалиұлы' },
  { station: 'karabutak', login: 'feldsher-karabutak', name: 'Мәмбетова Айнаш Жұмабайқызы' },
  { station: 'zhalanash', login: 'feldsher-zhalanash', name: 'Нұрғазина Сандуғаш Ерланқызы' },
  { station: 'ungirtas', login: 'feldsher-ungirtas', name: 'Сыздықова Бақыт Оразқызы' },
  { station: 'sagiz', login: 'feldsher-sagiz', name: 'Қуанышева Айжан Сабырқызы' },
  { station: 'zhalpaktal', login: 'feldsher-zhalpaktal', name: 'Ғұмарова Нұргүл Хамзақызы' },
  { station: 'khan-ordasy', login: 'feldsher-khan-ordasy', name: 'Шоқанов Асылбек Мерекеұлы' },
  { station: 'egindibulak', login: 'feldsher-egindibulak', name: 'Баймағамбетова Кенжегүл Рахымқызы' },
  { station: 'shashubai', login: 'feldsher-shashubai', name: 'Назарова Галина Петровна' },
  { station: 'baigabyl', login: 'feldsher-baigabyl', name: 'Әбенова Күлпаш Есімқызы' },
  { station: 'adaevka', login: 'feldsher-adaevka', name: 'Бондаренко Оксана Викторовна' },
  { station: 'amanotkel', login: 'feldsher-amanotkel', name: 'Тілеуова Мейрамгүл Дүйсенқызы' },
  { station: 'maidakol', login: 'feldsher-maidakol', name: 'Өтебаева Қарлығаш Нұрғалиқызы' },
  { station: 'zhyngyldy', login: 'feldsher-zhyngyldy', name: 'Қойшыбаев Берік Аманұлы' },
  { station: 'kyzyltau', login: 'feldsher-kyzyltau', name: 'Мусина Сауле Кайратовна' },
  { station: 'kumkent', login: 'feldsher-kumkent', name: 'Ералиева Мақпал Бекболатқызы' },
  { station: 'karamurt', login: 'feldsher-karamurt', name: 'Мирзаева Зулфия Ахмадқызы' },
  { station: 'berel', login: 'feldsher-berel', name: 'Ошлакова Вера Николаевна' },
  { station: 'tugyl', login: 'feldsher-tugyl', name: 'Кәрімова Шынар Төлеуханқызы' },
  { station: 'sarzhal', login: 'feldsher-sarzhal', name: 'Ақылбеков Мейрам Болатұлы' },
  { station: 'dolon', login: 'feldsher-dolon', name: 'Жакупова Алия Маратовна' },
  { station: 'kapal', login: 'feldsher-kapal', name: 'Сламбекова Роза Тұрғанқызы' },
  { station: 'koktal', login: 'feldsher-koktal', name: 'Турсунова Патигүл Мухтарқызы' },
  { station: 'zhezdi', login: 'feldsher-zhezdi', name: 'Байдәулетова Салтанат Ерікқызы' },
  { station: 'karsakpai', login: 'feldsher-karsakpai', name: 'Жанғабылов Қуат Сейілханұлы' },
];

/** Those who sit in the oblast centre. */
export const OFFICE_STAFF = [
  { login: 'coordinator', role: 'coordinator', language: 'kk', name: 'Әміреева Динара Қуанышқызы' },
  { login: 'coordinator2', role: 'coordinator', language: 'ru', name: 'Волков Сергей Михайлович' },
  { login: 'admin', role: 'admin', language: 'ru', name: 'Тасболатов Арман Кенжебекович' },
  { login: 'analyst', role: 'analyst', language: 'kk', name: 'Серғалиева Меруерт Нұрболқызы' },
] as const;
