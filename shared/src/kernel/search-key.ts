/**
 * Folds a name for search, so that a keyboard without Kazakh letters finds Kazakh names:
 * lower case, Қ→к Ғ→г Ң→н Ә→а Ө→о Ұ/Ү→у Һ→х І→и Ё→е Й→и, Latin left as it is, everything else a single space.
 * Both the stored column and the query go through it; SQLite's own lower() knows only ASCII.
 */
const FOLDED: Readonly<Record<string, string>> = {
  қ: 'к',
  ғ: 'г',
  ң: 'н',
  ә: 'а',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ё: 'е',
  й: 'и',
  ъ: '',
  ь: '',
};

export function searchKey(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[қғңәөұүһіёйъь]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
