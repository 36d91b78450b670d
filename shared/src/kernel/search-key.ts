/**
 * Folds a name for search, so that a keyboard without Kazakh letters finds Kazakh names:
 * lower case, Қ→к Ғ→г Ң→н Ә→а Ө→о Ұ/Ү→у Һ→х І→и, marks gone (Ё→е Й→и é→e), hard and soft signs gone, the rest of the
 * letters and digits as they are, everything else a single space.
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
  ъ: '',
  ь: '',
};

export function searchKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]+/gu, '')
    .replace(/[қғңәөұүһіъь]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
